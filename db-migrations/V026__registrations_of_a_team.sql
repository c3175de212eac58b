-- Whose a registration is is kept beside it, so that those of one team are read a page at a time along an index, by whatever they
-- are asked for. The database keeps it up to date, whichever version writes.

alter table registration add column team_id uuid;

create function registration_keep_team() returns trigger language plpgsql as $$
begin
    new.team_id := (select team_id from application where id = new.application_id);
    return new;
end
$$;

create function application_keep_registrations() returns trigger language plpgsql as $$
begin
    update registration set team_id = new.team_id where application_id = new.id;
    return null;
end
$$;

update registration r set team_id = a.team_id from application a where a.id = r.application_id;
alter table registration alter column team_id set not null;

create trigger registration_team before insert on registration
    for each row when (new.team_id is null) execute function registration_keep_team();
create trigger application_registrations after update on application
    for each row when (old.team_id is distinct from new.team_id) execute function application_keep_registrations();

create index registration_of_team on registration (team_id, issued_at, id) where deleted_at is null;
create index registration_of_team_in_environment on registration (team_id, environment, issued_at, id)
    where deleted_at is null;
create index registration_of_team_suspended on registration (team_id, issued_at, id)
    where state = 'SUSPENDED' and deleted_at is null;

-- Who has registered an address, and what the rules warned of: found by what a document contains.
create index revision_by_metadata on revision using gin (metadata jsonb_path_ops);
create index revision_by_warning on revision using gin (warnings jsonb_path_ops) where warnings <> '{"all": []}';

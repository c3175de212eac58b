-- Whose an endpoint and a request are is kept beside them, so that lists of one team are read along an index. The database
-- keeps it up to date, whichever version writes.

alter table endpoint_health add column team_id uuid;

create function endpoint_health_keep_team() returns trigger language plpgsql as $$
begin
    new.team_id := (select a.team_id from registration r join application a on a.id = r.application_id
        where r.id = new.registration_id);
    return new;
end
$$;

create function application_keep_endpoints() returns trigger language plpgsql as $$
begin
    update endpoint_health h set team_id = new.team_id from registration r
        where r.application_id = new.id and h.registration_id = r.id;
    return null;
end
$$;

update endpoint_health h set team_id = a.team_id from registration r join application a on a.id = r.application_id
    where r.id = h.registration_id;
alter table endpoint_health alter column team_id set not null;

create trigger endpoint_health_team before insert on endpoint_health
    for each row execute function endpoint_health_keep_team();
create trigger application_endpoints after update on application
    for each row when (old.team_id is distinct from new.team_id) execute function application_keep_endpoints();

-- What fails and whose certificate ends, each in the order of the list, of all teams and of one.
create index endpoint_health_failing_longest on endpoint_health (failing_since, id) where failing_since is not null;
create index endpoint_health_ending on endpoint_health (certificate_ends, id)
    where failing_since is null and certificate_attention is not null;
create index endpoint_health_failing_of_team on endpoint_health (team_id, failing_since, id) where failing_since is not null;
create index endpoint_health_ending_of_team on endpoint_health (team_id, certificate_ends, id)
    where failing_since is null and certificate_attention is not null;
create index endpoint_health_broken on endpoint_health (uri) where broken;

create index login_session_by_began_at on login_session (began_at);

-- What nobody has taken is counted on each page of the queue.
create index production_request_unassigned on production_request (state, submitted_at, id)
    where assignee is null and submitted_at is not null;

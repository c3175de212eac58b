-- Searches and filters that take as long of a million clients as of a thousand: each is served by an index of its own.

-- What a client is found by: the words of the names of its application and its team, its client ID, and the ids of all three,
-- marked with "=", since they count whole only. The database keeps it up to date, whichever version writes.
alter table registration add column words tsvector;

create function registration_words(registration_id uuid, client_id text, registration_application uuid) returns tsvector
    language sql stable as $$
    select name_words(a.name) || name_words(t.name)
        || array_to_tsvector(array[lower(client_id), '=' || registration_id, '=' || a.id, '=' || t.id])
    from application a join team t on t.id = a.team_id where a.id = registration_application
$$;

create function registration_keep_words() returns trigger language plpgsql as $$
begin
    new.words := registration_words(new.id, new.client_id, new.application_id);
    return new;
end
$$;

create function application_keep_client_words() returns trigger language plpgsql as $$
begin
    update registration set words = registration_words(id, client_id, application_id) where application_id = new.id;
    return null;
end
$$;

create function team_keep_client_words() returns trigger language plpgsql as $$
begin
    update registration set words = registration_words(id, client_id, application_id) where team_id = new.id;
    return null;
end
$$;

update registration set words = registration_words(id, client_id, application_id);
alter table registration alter column words set not null;

create trigger registration_words before insert on registration
    for each row execute function registration_keep_words();
create trigger application_client_words after update on application
    for each row when (old.name is distinct from new.name or old.team_id is distinct from new.team_id)
    execute function application_keep_client_words();
create trigger team_client_words after update on team
    for each row when (old.name is distinct from new.name) execute function team_keep_client_words();

create index registration_by_words on registration using gin (words);

-- The words of an application's name, and whose it is: so the index knows what one team has of a word.
alter table application add column words tsvector not null
    generated always as (name_words(name) || array_to_tsvector(array['=' || team_id])) stored;
create index application_by_kept_words on application using gin (words);

-- Who is suspended in a team is asked with each request and each registration.
create index registration_kept_out_of_team on registration (team_id, environment) where state = 'SUSPENDED';
create index registration_deleted_of_team on registration (team_id, issued_at, id) where deleted_at is not null;

-- Whose a request is, and whether its application was deleted: so that those of one team are read along an index, and a
-- search reads nothing else.
alter table production_request add column team_id uuid, add column gone boolean not null default false;

create function request_keep_application() returns trigger language plpgsql as $$
begin
    select team_id, deleted_at is not null into new.team_id, new.gone from application where id = new.application_id;
    return new;
end
$$;

create function application_keep_requests() returns trigger language plpgsql as $$
begin
    update production_request set team_id = new.team_id, gone = new.deleted_at is not null where application_id = new.id;
    return null;
end
$$;

update production_request r set team_id = a.team_id, gone = a.deleted_at is not null from application a
    where a.id = r.application_id;
alter table production_request alter column team_id set not null;

create trigger request_application before insert on production_request
    for each row execute function request_keep_application();
create trigger application_requests after update on application
    for each row when (old.team_id is distinct from new.team_id or (old.deleted_at is null) <> (new.deleted_at is null))
    execute function application_keep_requests();

create index production_request_of_team on production_request (team_id, created_at desc, id desc);
create index production_request_of_team_in_state on production_request (team_id, state, created_at desc, id desc);
create index production_request_of_team_submitted on production_request (team_id, submitted_at, id)
    where submitted_at is not null;
create index team_request_by_time on team_request (created_at, id);

-- What an endpoint in trouble is found by: where it is registered, what for, and whether it still is.
alter table endpoint_health add column environment text, add column words tsvector, add column gone boolean not null default false;

create function endpoint_health_keep_registration() returns trigger language plpgsql as $$
begin
    select environment, words, deleted_at is not null into new.environment, new.words, new.gone
        from registration where id = new.registration_id;
    return new;
end
$$;

create function registration_keep_endpoints() returns trigger language plpgsql as $$
begin
    update endpoint_health set words = new.words, gone = new.deleted_at is not null where registration_id = new.id;
    return null;
end
$$;

update endpoint_health h set environment = r.environment, words = r.words, gone = r.deleted_at is not null
    from registration r where r.id = h.registration_id;
alter table endpoint_health alter column environment set not null, alter column words set not null;

create trigger endpoint_health_registration before insert on endpoint_health
    for each row execute function endpoint_health_keep_registration();
create trigger registration_endpoints after update on registration
    for each row when (old.words is distinct from new.words or (old.deleted_at is null) <> (new.deleted_at is null))
    execute function registration_keep_endpoints();

create index endpoint_trouble_by_words on endpoint_health using gin (words)
    where failing_since is not null or certificate_attention is not null;
create index endpoint_health_failing_in on endpoint_health (environment, failing_since, id) where failing_since is not null;
create index endpoint_health_ending_in on endpoint_health (environment, certificate_ends, id)
    where failing_since is null and certificate_attention is not null;
-- What fails and has a certificate that ends soon besides.
create index endpoint_health_failing_and_ending on endpoint_health (certificate_ends) where failing_since is not null;

-- The trail by what was done, and by whose name.
create index audit_entry_by_act on audit_entry (act, at, id);
create index audit_entry_by_act_in_chain on audit_entry (chain, act, at, id);
create index audit_entry_by_actor_name on audit_entry (lower(actor_name) collate "C", actor collate "C");

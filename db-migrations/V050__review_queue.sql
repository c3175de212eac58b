-- What the operators' queue sorts and searches by, kept by the database: whoever renames a team or an application, or
-- hands one over, need not know of requests.

-- The greater the risk, the smaller: so that every order of the queue runs one way along one index.
alter table request add column weight smallint not null generated always as
    (case risk when 'HIGH' then 0 when 'MEDIUM' then 1 when 'LOW' then 2 else 3 end) stored;

-- The words of what a request is about: team, application, client name, and the hosts it names.
alter table request add column words tsvector not null default '';

create function request_words(request_application uuid, candidate text) returns tsvector language sql stable as $$
    -- Full stops and the like would be kept within a word: a host shall be found by each of its labels.
    select to_tsvector('simple', translate(concat_ws(' ', t.name, a.name,
        substring(candidate from '"client_name":"((?:[^"\\]|\\.)*)"'),
        (select string_agg(m[1], ' ') from regexp_matches(candidate, '://([^/?#"\\]+)', 'g') m)),
        '.-_:/@', '      '))
    from application a join team t on t.id = a.team_id
    where a.id = request_application
$$;

create function request_keep_words() returns trigger language plpgsql as $$
begin
    new.words := request_words(new.application_id, new.candidate);
    return new;
end
$$;

create function application_keep_words() returns trigger language plpgsql as $$
begin
    update request set words = request_words(application_id, candidate) where application_id = new.id;
    return null;
end
$$;

create function team_keep_words() returns trigger language plpgsql as $$
begin
    update request r set words = request_words(r.application_id, r.candidate)
        from application a where a.id = r.application_id and a.team_id = new.id;
    return null;
end
$$;

update request set words = request_words(application_id, candidate);

create trigger request_words before insert or update on request
    for each row execute function request_keep_words();
create trigger application_words after update on application
    for each row when (old.name is distinct from new.name or old.team_id is distinct from new.team_id)
    execute function application_keep_words();
create trigger team_words after update on team
    for each row when (old.name is distinct from new.name) execute function team_keep_words();

create index request_by_words on request using gin (words);

-- One for each order, within one state and over all of them.
create index request_submitted on request (submitted_at, id) where submitted_at is not null;
create index request_by_weight on request (state, weight, submitted_at, id) where submitted_at is not null;
create index request_weight on request (weight, submitted_at, id) where submitted_at is not null;
create index request_unassigned on request (state, submitted_at, id)
    where assignee is null and submitted_at is not null;
create index request_due on request (state, due_at);

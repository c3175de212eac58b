-- Production requests, and what happened to them.

create table production_request (
    id uuid primary key,
    application_id uuid not null references application,
    environment text not null,
    state text not null
        check (state in ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
    -- JSON text, not jsonb: a request keeps what was typed as it is, and jsonb cannot hold U+0000.
    candidate text not null,
    -- What the candidate says, to be searched by: its client_name, and the hosts of its URIs.
    client_name text,
    hosts text[] not null default '{}',
    note text,
    conformance_reference text,
    connection_agreement_reference text,
    private_key_jwt_planned_for text,
    -- What the live checks found at the endpoints that this very candidate names: JSON text, as in check_report.
    reports text,
    -- What the request was compared with when it was decided or withdrawn, as JSON text like the candidate, and the
    -- environment where that was registered; no environment = there was nothing to compare with. Null while it is open.
    compared text,
    compared_with text,
    -- Grows with each change of the content or the state; part of the entity tag.
    edition integer not null,
    -- Who created, edited or submitted it, and for which teams: they must not decide it.
    editors text[] not null,
    editor_teams uuid[] not null,
    -- Which metadata members the operators want changed.
    fields_to_change text[] not null,
    risk text check (risk in ('NONE', 'LOW', 'MEDIUM', 'HIGH')),
    -- The greater the risk, the smaller the number, so that one index gives the riskiest first and of these the oldest.
    risk_rank smallint not null generated always as
        (case risk when 'HIGH' then 0 when 'MEDIUM' then 1 when 'LOW' then 2 else 3 end) stored,
    assignee text,
    assignee_name text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    updated_by text not null,
    first_submitted_at timestamptz,
    submitted_at timestamptz,
    due_at timestamptz,
    decided_at timestamptz,
    decided_by text,
    decided_by_name text,
    -- What a search finds it by: the words of the names of team, application and client, and the hosts. The triggers below
    -- keep it up to date.
    words tsvector not null default '',
    version integer not null
);

create unique index production_request_open_once on production_request (application_id, environment)
    where state in ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED');
create index production_request_by_application on production_request (application_id, created_at desc);
create index production_request_by_assignee on production_request (assignee, state, submitted_at, id) where assignee is not null;
create index production_request_due on production_request (state, due_at);
create index production_request_decided on production_request (decided_at) where decided_at is not null;
create index production_request_by_words on production_request using gin (words);

-- One for each order within one state (the newest first, the oldest submission first, the greatest risk first) and one for
-- the same order over all states: of 100,000 requests a page takes less than a millisecond along its own index, and half a
-- second without.
create index production_request_by_state on production_request (state, created_at desc, id desc);
create index production_request_waiting on production_request (state, submitted_at, id) where submitted_at is not null;
create index production_request_by_risk on production_request (state, risk_rank, submitted_at, id) where submitted_at is not null;
-- Those over all states have a condition that always holds and that only a list of any state names. Without it PostgreSQL,
-- which cannot know that what waits came last, would read everything that was ever decided to find it.
create index production_request_newest on production_request (created_at desc, id desc) where edition > 0;
create index production_request_submitted on production_request (submitted_at, id) where submitted_at is not null and edition > 0;
create index production_request_riskiest on production_request (risk_rank, submitted_at, id) where submitted_at is not null and edition > 0;

create table request_entry (
    id uuid primary key,
    request_id uuid not null references production_request,
    kind text not null check (kind in ('OPENED', 'SUBMITTED', 'COMMENT', 'NOTE', 'CHANGES_REQUESTED',
        'APPROVED', 'REJECTED', 'WITHDRAWN')),
    author text not null,
    author_name text not null,
    role text not null,
    text text,
    fields text[] not null,
    at timestamptz not null
);

create index request_entry_by_request on request_entry (request_id, at);

-- The database keeps the words up to date, so that the code that renames a team or an application, or hands one over, need
-- not know of requests.
create function request_words(request_application uuid, client_name text, hosts text[]) returns tsvector
    language sql stable as $$
    -- The parser keeps full stops and the like inside a word; replaced by spaces, a host is found by each of its labels.
    select to_tsvector('simple', translate(concat_ws(' ', t.name, a.name, client_name, array_to_string(hosts, ' ')),
        '.-_:/@', '      '))
    from application a join team t on t.id = a.team_id
    where a.id = request_application
$$;

create function request_keep_words() returns trigger language plpgsql as $$
begin
    new.words := request_words(new.application_id, new.client_name, new.hosts);
    return new;
end
$$;

create function application_keep_words() returns trigger language plpgsql as $$
begin
    update production_request set words = request_words(application_id, client_name, hosts) where application_id = new.id;
    return null;
end
$$;

create function team_keep_words() returns trigger language plpgsql as $$
begin
    update production_request r set words = request_words(r.application_id, r.client_name, r.hosts)
        from application a where a.id = r.application_id and a.team_id = new.id;
    return null;
end
$$;

create trigger request_words before insert or update on production_request
    for each row execute function request_keep_words();
create trigger application_words after update on application
    for each row when (old.name is distinct from new.name or old.team_id is distinct from new.team_id)
    execute function application_keep_words();
create trigger team_words after update on team
    for each row when (old.name is distinct from new.name) execute function team_keep_words();

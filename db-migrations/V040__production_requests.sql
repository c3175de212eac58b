-- Approvals in production whose secret nobody has collected yet. Whoever deletes the row shows the secret.
create table owed_secret (
    registration_id uuid primary key references registration,
    since timestamptz not null
);

create table request (
    id uuid primary key,
    application_id uuid not null references application,
    environment text not null,
    state text not null
        check (state in ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
    -- JSON text, not jsonb: a request keeps whatever was typed, and jsonb cannot hold U+0000.
    candidate text not null,
    note text,
    conformance_reference text,
    connection_agreement_reference text,
    private_key_jwt_planned_for text,
    -- What the live checks saw of the endpoints that this very candidate names: JSON text, as in check_report.
    reports text,
    -- Moves with what is asked and with the state; part of the entity tag.
    edition integer not null,
    -- Whoever created, edited or submitted it, and for which teams: they decide nothing here.
    editors text[] not null,
    editor_teams text[] not null,
    -- Which metadata members the operators want changed.
    fields_to_change text[] not null,
    risk text check (risk in ('NONE', 'LOW', 'MEDIUM', 'HIGH')),
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
    version integer not null
);

create unique index request_open_once on request (application_id, environment)
    where state in ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED');
create index request_by_application on request (application_id, created_at desc);
create index request_newest on request (created_at desc, id desc);
create index request_by_state on request (state, created_at desc, id desc);
-- The operators' queue: the oldest first.
create index request_waiting on request (state, submitted_at, id) where submitted_at is not null;
create index request_by_assignee on request (assignee, state, submitted_at, id) where assignee is not null;
create index request_decided on request (decided_at) where decided_at is not null;

-- What happened to a request, and what was said about it.
create table request_entry (
    id uuid primary key,
    request_id uuid not null references request,
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

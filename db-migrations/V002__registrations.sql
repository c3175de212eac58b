create table application (
    id uuid primary key,
    team_id uuid not null references team,
    name text not null,
    description text not null,
    category text not null check (category in ('NATIONAL', 'SUPPLIER', 'LOCAL')),
    application_type text not null check (application_type in ('WEB', 'NATIVE')),
    contacts text[] not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null
);

create index application_by_team on application (team_id, lower(name), id) where deleted_at is null;

-- Every client ID ever issued, whatever became of it. The number alone is the key: it is unique over all suffixes.
create table issued_client_id (
    number text primary key check (number ~ '^[0-9]{12}$'),
    client_id text not null unique,
    issued_at timestamptz not null
);

create table registration (
    id uuid primary key,
    application_id uuid not null references application,
    environment text not null,
    client_id text not null unique references issued_client_id (client_id),
    state text not null check (state in ('ACTIVE', 'SUSPENDED')),
    revision integer not null,
    issued_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null
);

create unique index registration_once_per_environment on registration (application_id, environment)
    where deleted_at is null;

create table revision (
    id uuid primary key,
    registration_id uuid not null references registration,
    number integer not null,
    metadata jsonb not null,
    warnings jsonb not null,
    actor text not null,
    actor_name text not null,
    at timestamptz not null,
    -- The draft that this revision was made from: posting it again must not repeat the act.
    draft_id uuid unique,
    unique (registration_id, number)
);

create table client_secret (
    id uuid primary key,
    registration_id uuid not null references registration,
    ciphertext bytea not null,
    last_four text not null,
    issued_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    -- The form that asked for this secret: posting it again must not repeat the act.
    form_id uuid unique
);

create index client_secret_by_registration on client_secret (registration_id);

create table draft (
    id uuid primary key,
    application_id uuid not null references application,
    environment text not null,
    -- JSON text, not jsonb: a draft keeps whatever was typed, and jsonb cannot hold U+0000.
    candidate text not null,
    -- The entity tag and revision of the registration that this draft changes; null for a first registration.
    base text,
    base_revision integer,
    updated_by text not null,
    updated_at timestamptz not null,
    version integer not null,
    unique (application_id, environment)
);

create table audit_event (
    id uuid primary key,
    at timestamptz not null,
    actor text not null,
    actor_name text not null,
    role text not null,
    team_id uuid,
    act text not null,
    object text not null,
    object_id text not null,
    version integer,
    -- JSON text, as it was written: jsonb would reorder members and cannot hold U+0000.
    before text,
    after text,
    request_id uuid not null
);

create index audit_event_by_team on audit_event (team_id, at);
create index audit_event_by_object on audit_event (object_id, at);

-- Registrations of applications in environments: client IDs, revisions of their metadata, drafts, and proofs of keys.

-- Every client ID ever issued, deleted or not. The number alone is the key: it is unique whatever the suffix.
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
    -- Since when and why operators have suspended the client: both or neither, of a deleted registration too.
    suspended_at timestamptz,
    suspension_reason text,
    -- The number of the one in force. No reference: each would have to be there before the other.
    revision integer not null,
    issued_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null,
    check ((state = 'SUSPENDED') = (suspended_at is not null)),
    check ((suspended_at is null) = (suspension_reason is null))
);

create unique index registration_once_per_environment on registration (application_id, environment)
    where deleted_at is null;
-- Deleted ones too: finds what can be restored.
create index registration_by_application on registration (application_id, environment, issued_at desc);
-- Operators look for a client by how its ID begins.
create index client_by_id on registration (client_id text_pattern_ops);
-- One for each list, the latest first: all, the suspended and the deleted.
create index client_newest on registration (issued_at desc, id desc);
create index client_suspended on registration (issued_at desc, id desc)
    where state = 'SUSPENDED' and deleted_at is null;
create index client_deleted on registration (deleted_at desc, id desc) where deleted_at is not null;

create table revision (
    id uuid primary key,
    registration_id uuid not null references registration,
    number integer not null,
    metadata jsonb not null,
    warnings jsonb not null,
    actor text not null,
    actor_name text not null,
    at timestamptz not null,
    unique (registration_id, number)
);

create table draft (
    id uuid primary key,
    application_id uuid not null references application,
    environment text not null,
    -- JSON text, not jsonb: a draft keeps what was typed as it is, and jsonb cannot hold U+0000.
    candidate text not null,
    -- What the live checks found at the endpoints that the draft names: JSON text, as in check_report.
    reports text,
    -- The entity tag and revision of the registration that this draft changes; null for a first registration.
    base text,
    base_revision integer,
    updated_by text not null,
    updated_at timestamptz not null,
    version integer not null,
    unique (application_id, environment)
);

-- Registrations approved in production whose client secret nobody has collected yet. Who deletes the row is shown the
-- secret, nobody else.
create table uncollected_secret (
    registration_id uuid primary key references registration,
    since timestamptz not null
);

-- Challenges to sign with a published key. A nonce is not secret: it only has to be new and answered once.
create table key_challenge (
    id uuid primary key,
    registration_id uuid not null references registration,
    nonce text not null,
    algorithm text not null,
    kid text,
    issued_at timestamptz not null,
    -- The key that answered it: a challenge is answered once.
    thumbprint text,
    answered_at timestamptz,
    check ((thumbprint is null) = (answered_at is null))
);

create index key_challenge_by_registration on key_challenge (registration_id);

-- Keys whose private part a team has proved to hold.
create table proven_key (
    id uuid primary key,
    registration_id uuid not null references registration,
    -- JWK thumbprint with SHA-256, RFC 7638.
    thumbprint text not null,
    kid text,
    proven_by text not null,
    proven_by_name text not null,
    proven_at timestamptz not null,
    unique (registration_id, thumbprint)
);

-- Client secrets, encrypted, and API credentials, of which only a hash is kept.

create table client_secret (
    id uuid primary key,
    registration_id uuid not null references registration,
    ciphertext bytea not null,
    last_four text not null,
    issued_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);

create index client_secret_by_registration on client_secret (registration_id);

create table api_credential (
    id uuid primary key,
    team_id uuid not null references team,
    name text not null,
    scope text not null check (scope in ('READ', 'WRITE')),
    -- SHA-256 of the whole credential: 178 random bits cannot be guessed, so nothing slower is needed, and the index
    -- finds it without comparing secrets.
    hash bytea not null unique check (octet_length(hash) = 32),
    created_at timestamptz not null,
    -- The subject of the person who made it, who counts as a contributor to all that is done with it.
    created_by text not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    -- To the minute.
    last_used_at timestamptz
);

create index api_credential_by_team on api_credential (team_id) where revoked_at is null;

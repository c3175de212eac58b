create table api_credential (
    id uuid primary key,
    team_id uuid not null references team,
    name text not null,
    scope text not null check (scope in ('READ', 'WRITE')),
    -- SHA-256 of the whole credential: 178 random bits cannot be guessed, so nothing slower is needed, and the index
    -- finds it without comparing secrets.
    hash bytea not null unique check (octet_length(hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    -- To the minute.
    last_used_at timestamptz,
    -- The form that asked for it: posting it again must not repeat the act.
    form_id uuid unique
);

create index api_credential_by_team on api_credential (team_id) where revoked_at is null;

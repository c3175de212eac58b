-- With it a program registers clients of a team in one environment, so many times.
create table initial_access_token (
    id uuid primary key,
    team_id uuid not null references team,
    environment text not null,
    -- SHA-256: the token has 178 random bits and stands nowhere.
    hash bytea not null unique,
    last_four text not null,
    uses integer not null check (uses > 0),
    used integer not null default 0 check (used between 0 and uses),
    created_by text not null,
    created_by_name text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index initial_access_token_by_team on initial_access_token (team_id) where revoked_at is null;

-- With it a client reads, replaces and deletes its own registration.
create table registration_access_token (
    registration_id uuid primary key references registration,
    hash bytea not null unique,
    issued_at timestamptz not null,
    -- The one before it, which a replacement has ended: whoever lost the answer gets it once more, for the same body.
    replaced_hash bytea unique,
    replaced_at timestamptz,
    -- SHA-256 of that body.
    sent_hash bytea,
    -- The answer, sealed with a key made of the token before: it holds the new one.
    sealed_answer bytea,
    check ((replaced_hash is null) = (replaced_at is null)
        and (replaced_hash is null) = (sent_hash is null)
        and (replaced_hash is null) = (sealed_answer is null))
);

create index registration_access_token_replaced on registration_access_token (replaced_at) where replaced_at is not null;

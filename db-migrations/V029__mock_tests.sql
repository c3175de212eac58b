-- Tests of one's own in the mock authorisation service: each an issuer with keys, users, clients, clock and faults, for a day.

create table mock_test (
    id text primary key,
    -- SHA-256 of the token that its maker has.
    token_hash bytea not null,
    -- Whose credential made it; null = nobody's.
    team_id uuid,
    -- A keyed hash of the network that it was made from.
    made_from bytea,
    made_at timestamptz not null,
    ends_at timestamptz not null,
    -- Its clock: it showed clock_time at clock_set_at, and goes on from there or stands. Null = the real one.
    clock_set_at timestamptz,
    clock_time timestamptz,
    clock_runs boolean not null default true
);

create index mock_test_ends on mock_test (ends_at);
create index mock_test_from on mock_test (made_from) where made_from is not null;

-- What a test wants to go wrong.
create table mock_fault (
    issuer text not null,
    name text not null,
    -- How often it is still wanted; null = always.
    remaining integer,
    made_at timestamptz not null,
    primary key (issuer, name)
);

-- A test's own users.
create table mock_user (
    issuer text not null,
    uuid text not null,
    login text not null,
    document jsonb not null,
    primary key (issuer, uuid),
    unique (issuer, login)
);

-- Keys made beforehand, so that nobody waits for one.
create table mock_spare_key (
    kid text primary key,
    sealed bytea not null,
    made_at timestamptz not null
);

-- Whether answers go to its redirect URIs without a click: a team answers for it.
alter table mock_client add column trusted boolean not null default false;

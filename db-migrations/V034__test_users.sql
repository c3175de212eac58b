-- The test users that a team has on the Path to Live: each belongs to one environment of the real provider, and can log in at the
-- mock with the team's own clients of that environment.
create table test_user (
    id uuid primary key,
    team_id uuid not null references team,
    environment text not null,
    uuid text not null,
    roles jsonb not null,
    -- Who in the team has it; null = nobody was said.
    holder text,
    authenticators jsonb not null,
    made_at timestamptz not null,
    unique (team_id, uuid)
);

create index test_user_of_team on test_user (team_id, environment, uuid);

-- What a team has asked for, of those who make test users.
create table test_user_request (
    id uuid primary key,
    team_id uuid not null references team,
    environment text not null,
    number_wanted integer not null,
    organisation text not null,
    roles jsonb not null,
    smartcards boolean not null,
    note text,
    asked_by text not null,
    asked_at timestamptz not null,
    -- Whether it was mailed, or copied by hand.
    mailed boolean not null,
    received_at timestamptz
);

create index test_user_request_of_team on test_user_request (team_id, asked_at, id);

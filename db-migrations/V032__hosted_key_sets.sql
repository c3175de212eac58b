-- Public keys that a team keeps at the portal while it develops, for want of a public address of its own.
create table hosted_key_set (
    id uuid primary key,
    team_id uuid not null references team,
    name text not null,
    -- Each key with its public JWK, when it was added, and when it leaves where another takes its place.
    keys jsonb not null,
    made_by_name text not null,
    made_at timestamptz not null
);

create index hosted_key_set_of_team on hosted_key_set (team_id, name, id);

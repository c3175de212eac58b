-- The outbox: one row for each mail, written in the transaction of what it tells of.
create table mail (
    id uuid primary key,
    code text not null,
    team_id uuid,
    recipient text not null,
    arguments jsonb not null,
    path text not null,
    created_at timestamptz not null
);

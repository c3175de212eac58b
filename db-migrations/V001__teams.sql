create table team (
    id uuid primary key,
    name text not null,
    categories text[] not null,
    created_at timestamptz not null,
    version integer not null
);

create table member (
    id uuid primary key,
    team_id uuid not null references team,
    email text not null,
    -- The OpenID Provider's sub, known once the person has logged in.
    subject text,
    role text not null check (role in ('VIEWER', 'ADMIN', 'OWNER')),
    created_at timestamptz not null,
    version integer not null
);

create unique index member_once_per_team on member (team_id, lower(email));
create index member_by_subject on member (subject);
create index member_by_email on member (lower(email));

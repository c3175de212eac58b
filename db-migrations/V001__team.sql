-- Teams, their members, and requests for access by teams that do not exist yet.

create table team (
    id uuid primary key,
    name text not null,
    categories text[] not null,
    created_at timestamptz not null,
    version integer not null
);

-- Operators search by how the words of a team's or an application's name begin.
create function name_words(name text) returns tsvector language sql immutable as $$
    -- The parser keeps full stops and the like inside a word; replaced by spaces, each part of a name is found.
    select to_tsvector('simple'::regconfig, translate(name, '.-_:/@', '      '))
$$;

create index team_by_words on team using gin (name_words(name));

create table member (
    id uuid primary key,
    team_id uuid not null references team,
    email text not null,
    -- The e-mail address with A to Z in lower case and nothing else changed: members are matched by it, whatever the
    -- database's collation.
    address text not null,
    -- The OpenID Provider's sub, known once the person has logged in.
    subject text,
    -- As the OpenID Provider gives it, known once the person has logged in.
    name text,
    role text not null check (role in ('VIEWER', 'ADMIN', 'OWNER')),
    created_at timestamptz not null,
    joined_at timestamptz,
    -- When this member last used the portal, to the day: an owner who no longer does can be replaced.
    seen_at timestamptz,
    -- SHA-256 of the token in the invitation's link: the token itself is in the mail alone.
    invitation_hash bytea,
    invitation_expires_at timestamptz,
    -- The subject of the person who sent the invitation: its link lets in anybody but them.
    invited_by text,
    version integer not null
);

create unique index member_once_per_team on member (team_id, address);
create unique index member_once_per_person on member (subject, team_id);
create index member_by_address on member (address) where subject is null;
create unique index member_by_invitation on member (invitation_hash) where invitation_hash is not null;

create table team_request (
    id uuid primary key,
    -- No reference: of a team that does not exist yet.
    team_id uuid not null,
    name text not null,
    categories text[] not null,
    contact text not null,
    subject text not null,
    requester_name text not null,
    requester_email text not null,
    state text not null check (state in ('PENDING', 'ACCEPTED', 'DECLINED')),
    reason text,
    decided_by text,
    decided_at timestamptz,
    created_at timestamptz not null,
    version integer not null
);

create unique index team_request_once_pending on team_request (team_id) where state = 'PENDING';
create index team_request_by_subject on team_request (subject, created_at, id);
create index team_request_by_state on team_request (state, created_at, id);

-- The e-mail address with A to Z made small, and nothing else: what people are matched by, whatever the collation.
alter table member add column address text;
update member set address = lower(email collate "C");
alter table member alter column address set not null;
-- As the OpenID Provider says it, known once the person has come.
alter table member add column name text;
alter table member add column joined_at timestamptz;
-- SHA-256 of the token in the invitation's link: the token itself is in the mail alone.
alter table member add column invitation_hash bytea;
alter table member add column invitation_expires_at timestamptz;

drop index member_once_per_team;
drop index member_by_email;
drop index member_by_subject;
create unique index member_once_per_team on member (team_id, address);
create index member_by_address on member (address) where subject is null;
create unique index member_once_per_person on member (subject, team_id);
create unique index member_by_invitation on member (invitation_hash) where invitation_hash is not null;

create table team_request (
    id uuid primary key,
    -- Of a team that does not exist yet.
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

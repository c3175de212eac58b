-- Applications, their hand-over to another team, and the owners' attestation of members and contacts.

create table application (
    id uuid primary key,
    team_id uuid not null references team,
    name text not null,
    description text not null,
    category text not null check (category in ('NATIONAL', 'SUPPLIER', 'LOCAL')),
    application_type text not null check (application_type in ('WEB', 'NATIVE')),
    contacts text[] not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null
);

-- Deleted ones too: operators look for the clients of a team whatever became of them.
create index application_by_team on application (team_id, lower(name), id);
create index application_by_words on application using gin (name_words(name));

create table handover (
    id uuid primary key,
    application_id uuid not null references application,
    from_team uuid not null references team,
    -- No reference: an offer to a Team ID that has no access must look like any other.
    to_team uuid not null,
    offered_by text not null,
    offered_at timestamptz not null,
    state text not null check (state in ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LAPSED')),
    ended_at timestamptz
);

create unique index handover_open_once on handover (application_id) where state = 'OPEN';
create index handover_by_receiver on handover (to_team, offered_at) where state = 'OPEN';
create index handover_by_pair on handover (from_team, to_team, offered_at);

-- An owner has confirmed that members and contacts are right.
create table attestation (
    id uuid primary key,
    team_id uuid not null references team,
    at timestamptz not null,
    attested_by text not null,
    attested_by_name text not null
);

create index attestation_latest on attestation (team_id, at desc);

-- The one place that says when a team's next attestation is due: 6 months, by the calendar, after the last one or
-- after the team was given access.
create view attestation_status as
select t.id as team_id,
       t.name,
       a.at as attested_at,
       a.attested_by_name,
       (coalesce(a.at, t.created_at) at time zone 'UTC' + interval '6 months') at time zone 'UTC' as due_at
from team t
left join lateral (
    select at, attested_by_name from attestation where team_id = t.id order by at desc limit 1
) a on true;

-- Which teams were reminded of which due date. The row is written with the mail, so that one node alone sends it.
create table attestation_reminder (
    team_id uuid not null references team,
    due_at timestamptz not null,
    primary key (team_id, due_at)
);

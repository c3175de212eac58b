-- An owner has confirmed that members and contacts are right. The form gives the id: sent twice, it is one.
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

-- Who has been reminded of which due date. The row is written with the mail: of several nodes one writes it.
create table attestation_reminder (
    team_id uuid not null references team,
    due_at timestamptz not null,
    primary key (team_id, due_at)
);

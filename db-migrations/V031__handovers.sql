create table handover (
    id uuid primary key,
    application_id uuid not null references application,
    from_team uuid not null references team,
    -- No reference: an offer to a Team ID that has no access looks like any other.
    to_team uuid not null,
    offered_by text not null,
    offered_at timestamptz not null,
    state text not null check (state in ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LAPSED')),
    ended_at timestamptz
);

create unique index handover_open_once on handover (application_id) where state = 'OPEN';
create index handover_by_receiver on handover (to_team, offered_at) where state = 'OPEN';

-- The outbox: one row for each mail, written in the transaction of what it tells of.
create table mail (
    id uuid primary key,
    code text not null,
    -- Whose turn it is. No reference: the outbox is below the teams, and a mail is sent whatever becomes of its team.
    team_id uuid,
    recipient text not null,
    -- JSON text, not jsonb: what people typed may hold U+0000.
    arguments text not null,
    -- Which page of the portal its link leads to; the page's address needs arguments, so that no link stays readable.
    page text not null,
    created_at timestamptz not null,
    -- A node that takes a mail first sets when it may be tried again: that is the lease, and the back-off after a failure.
    next_attempt_at timestamptz not null,
    attempts integer not null default 0,
    -- When a server took it over; from then on the mail's content is not needed any more.
    sent_at timestamptz,
    given_up_at timestamptz,
    -- Letters are sent in turn: one of each kind of each team, so that no flood of one kind holds up anything else.
    turn text collate "C" not null generated always as (coalesce(team_id::text, '') || ' ' || code) stored
);

create index mail_waiting on mail (turn, next_attempt_at) where sent_at is null and given_up_at is null;
create index mail_by_time on mail (created_at desc, id desc);
-- For how many of a kind a team has had of late.
create index mail_done on mail (coalesce(sent_at, given_up_at));

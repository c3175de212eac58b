-- The outbox: one row for each mail, written in the transaction of the change that it reports.
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
    -- A node that takes a mail first sets when it may be tried again: this is both the lease and the back-off after a
    -- failure.
    next_attempt_at timestamptz not null,
    attempts integer not null default 0,
    -- When a mail server accepted it. Its content is not needed after that.
    sent_at timestamptz,
    given_up_at timestamptz,
    -- Mails are sent in turn, one of each kind for each team, so that a flood of one kind holds up nothing else.
    turn text collate "C" not null generated always as (coalesce(team_id::text, '') || ' ' || code) stored
);

create index mail_waiting on mail (turn, next_attempt_at) where sent_at is null and given_up_at is null;
create index mail_by_time on mail (created_at desc, id desc);
-- Counts the recent mails of one kind for one team.
create index mail_done on mail (coalesce(sent_at, given_up_at));

-- Letters are sent in turn: one of each kind of each team, so that no flood of one kind holds up anything else.
alter table mail add column turn text collate "C" not null
    generated always as (coalesce(team_id::text, '') || ' ' || code) stored;

drop index mail_waiting;
create index mail_waiting on mail (turn, next_attempt_at) where sent_at is null and given_up_at is null;
-- For how many of a kind a team has had of late.
create index mail_done on mail (coalesce(sent_at, given_up_at));

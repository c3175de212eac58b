-- Who sent the invitation: its link lets somebody else in.
alter table member add column invited_by text;
-- When this member was here last, to the day: an owner who comes no more can be replaced. Nobody is gone yet.
alter table member add column seen_at timestamptz;
update member set seen_at = now() where subject is not null;

-- What an operator may do is read from the log-in: theirs lasts less long.
alter table login_session add column operator boolean not null default false;

create index handover_by_pair on handover (from_team, to_team, offered_at);

-- When an invitation was last sent again, so that nobody is flooded with them.
alter table member add column invitation_resent_at timestamptz;

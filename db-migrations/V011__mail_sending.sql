-- JSON text, not jsonb: what people typed may hold U+0000.
alter table mail alter column arguments type text using arguments::text;
-- A node that takes a mail first sets when it may be tried again: that is the lease, and the back-off after a failure.
alter table mail add column next_attempt_at timestamptz;
update mail set next_attempt_at = created_at;
alter table mail alter column next_attempt_at set not null;
alter table mail add column attempts integer not null default 0;
-- When a server took it over; from then on the mail's content is not needed any more.
alter table mail add column sent_at timestamptz;
alter table mail add column given_up_at timestamptz;

create index mail_waiting on mail (next_attempt_at) where sent_at is null and given_up_at is null;
create index mail_by_time on mail (created_at desc, id desc);

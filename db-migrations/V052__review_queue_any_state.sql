-- The orders over all states are led to by a condition that always holds and that only a list of any state names. Else
-- PostgreSQL, which cannot know that what waits is what came last, walks along everything that was ever decided.
drop index request_newest;
create index request_newest on request (created_at desc, id desc) where edition > 0;
drop index request_submitted;
create index request_submitted on request (submitted_at, id) where submitted_at is not null and edition > 0;
drop index request_weight;
create index request_weight on request (weight, submitted_at, id) where submitted_at is not null and edition > 0;

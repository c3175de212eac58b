-- What a request was compared with when it was decided or withdrawn, as JSON text like the candidate, and in which environment
-- that was registered; no environment = there was nothing to compare with. Null for what is open, and was closed before.
alter table request
    add column compared text,
    add column compared_with text;

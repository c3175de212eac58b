-- Names in the order in which people look for them: ‘Ward 2’ before ‘Ward 10’, whatever the case and the accents. The key is kept and
-- compared octet by octet, so no index depends on a collation that a later release of an operating system sorts differently.

create function natural_order(name text) returns text language sql immutable as $$
    -- Each number gets leading zeros up to 20 digits.
    select lower(regexp_replace(regexp_replace(folded(name), '([0-9]+)', '00000000000000000000\1', 'g'),
        '0*([0-9]{20})(?![0-9])', '\1', 'g'))
$$;

alter table team add column sort_key text collate "C" not null generated always as (natural_order(name)) stored;
create index team_by_sort_key on team (sort_key, id);
drop index team_by_name;

alter table application add column sort_key text collate "C" not null generated always as (natural_order(name)) stored;
-- Deleted ones too: operators look for the clients of a team whatever became of them.
create index application_by_sort_key on application (team_id, sort_key, id);
drop index application_by_team;

-- When a team was last reminded of a due date: operators may have it reminded again, a day later at the earliest.
alter table attestation_reminder add column reminded_at timestamptz not null default now();

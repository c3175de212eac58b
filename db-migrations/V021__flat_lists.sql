-- Lists of teams and applications that take as long of a million as of a thousand. The indexes are made in the migration's
-- transaction, not concurrently: for some seconds at a million registrations nodes of the version before wait with what
-- they write, and in return a migration that fails leaves no half-made index behind.

create index team_by_name on team (lower(name), id);

-- The words of a name are kept: made for each row that a list passes, they would cost more than all else.
alter table team add column words tsvector not null generated always as (name_words(name)) stored;
create index team_by_kept_words on team using gin (words);

-- When each team's next attestation is due: 6 months, by the calendar, after the last one or after the team was given
-- access. Kept, so that who is overdue is read along an index. The triggers do so, whichever version writes.
create table attestation_due (
    team_id uuid primary key references team,
    due_at timestamptz not null
);

create function attestation_due_again(team uuid) returns void language sql as $$
    insert into attestation_due (team_id, due_at)
        select t.id, (coalesce((select max(at) from attestation where team_id = t.id), t.created_at) at time zone 'UTC'
            + interval '6 months') at time zone 'UTC'
        from team t where t.id = team
    on conflict (team_id) do update set due_at = excluded.due_at
$$;

-- No attestation is dropped while this is made.
lock table team, attestation in share row exclusive mode;

insert into attestation_due (team_id, due_at) select team_id, due_at from attestation_status;
create index attestation_overdue on attestation_due (due_at, team_id);

create function attestation_keep_due() returns trigger language plpgsql as $$
begin
    perform attestation_due_again(case tg_op when 'DELETE' then old.team_id else new.team_id end);
    return null;
end
$$;

create function team_keep_due() returns trigger language plpgsql as $$
begin
    perform attestation_due_again(new.id);
    return null;
end
$$;

create trigger attestation_due after insert or update or delete on attestation
    for each row execute function attestation_keep_due();
create trigger team_due after insert or update of created_at on team
    for each row execute function team_keep_due();

create or replace view attestation_status as
select d.team_id,
       t.name,
       a.at as attested_at,
       a.attested_by_name,
       d.due_at
from attestation_due d
join team t on t.id = d.team_id
left join lateral (
    select at, attested_by_name from attestation where team_id = d.team_id order by at desc limit 1
) a on true;

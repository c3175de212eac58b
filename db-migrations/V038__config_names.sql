-- By which name the existing tool's format speaks of a registration: made from its client's name when it is issued, in its team and
-- environment a name of its own, and never another. The database gives it, whichever version and whichever edge registers.

create table config_name (
    team_id uuid not null,
    environment text not null,
    name text not null check (name ~ '^[a-z0-9-]{1,64}$'),
    registration_id uuid not null references registration,
    -- What it was made from, and which name of that it is.
    stem text not null,
    number integer not null,
    primary key (team_id, environment, name),
    -- One that was handed over and comes back has its old name.
    unique (registration_id, team_id)
);
create index config_name_of_stem on config_name (team_id, environment, stem, number);

create function config_stem(client_name text) returns text language sql immutable as $$
    select coalesce(nullif(trim(both '-' from left(trim(both '-' from regexp_replace(
        lower(regexp_replace(normalize(client_name, NFKD), '[\u0300-\u036f]', '', 'g') collate "C"),
        '[^a-z0-9]+', '-', 'g')), 64)), ''), 'client')
$$;

create function config_name_of(stem text, number integer) returns text language sql immutable as $$
    select case number when 1 then stem
        else rtrim(left(stem, 63 - length(number::text)), '-') || '-' || number end
$$;

-- Of several at once each waits for the one whose name it would have taken, and in its next turn sees what that one has.
create function config_name_give(registration uuid, team uuid, place text, made_from text) returns void
    language plpgsql as $$
declare
    given integer := 0;
begin
    if exists (select 1 from config_name where registration_id = registration and team_id = team) then
        return;
    end if;
    loop
        select greatest(given, coalesce(max(number), 0)) + 1 into given from config_name
            where team_id = team and environment = place and stem = made_from;
        insert into config_name (team_id, environment, name, registration_id, stem, number)
            values (team, place, config_name_of(made_from, given), registration, made_from, given)
            on conflict (team_id, environment, name) do nothing;
        exit when found;
    end loop;
end
$$;

create function revision_give_config_name() returns trigger language plpgsql as $$
begin
    perform config_name_give(id, team_id, environment, config_stem(new.metadata ->> 'client_name'))
        from registration where id = new.registration_id;
    return null;
end
$$;

create function registration_give_config_name() returns trigger language plpgsql as $$
begin
    perform config_name_give(new.id, new.team_id, new.environment, stem)
        from config_name where registration_id = new.id and team_id = old.team_id;
    return null;
end
$$;

-- Before what is there gets its names: from here on nobody registers until all of it is done.
create trigger revision_config_name after insert on revision
    for each row when (new.number = 1) execute function revision_give_config_name();
create trigger registration_config_name after update on registration
    for each row when (old.team_id is distinct from new.team_id) execute function registration_give_config_name();

insert into config_name (team_id, environment, name, registration_id, stem, number)
    select team_id, environment, config_name_of(stem, number::integer), id, stem, number
    from (select r.id, r.team_id, r.environment, s.stem,
            row_number() over (partition by r.team_id, r.environment, s.stem order by r.issued_at, r.id) as number
        from registration r join revision v on v.registration_id = r.id and v.number = 1,
        lateral (select config_stem(v.metadata ->> 'client_name') as stem) s) numbered
    order by number
    on conflict do nothing;

-- Those whose name another one has: 'ward-2' is the second of 'ward', and the first of 'ward 2'.
select config_name_give(r.id, r.team_id, r.environment, config_stem(v.metadata ->> 'client_name'))
    from registration r join revision v on v.registration_id = r.id and v.number = 1
    where not exists (select 1 from config_name c where c.registration_id = r.id and c.team_id = r.team_id)
    order by r.issued_at, r.id;

-- The trail without a lock over commits. What an act tells is an entry, committed with the act, without a place. A seal,
-- added soon after, gives the entry its place and its hash; an entry with its seal is an event. Nothing is ever changed.

-- Who reads the trail for a checkpoint takes these in another order.
lock table audit_checkpoint in share row exclusive mode;
lock table audit_event, audit_chain in access exclusive mode;

create table audit_seal (
    -- One order over all chains, from 1: within a chain it is that of the sequence.
    position bigint not null,
    -- No reference: it would lock the entry's row, and so write to it.
    entry uuid not null,
    chain text not null,
    sequence bigint not null,
    previous_hash bytea not null,
    hash bytea not null
);

insert into audit_seal
    select row_number() over (order by at, chain, sequence), id, chain, sequence, previous_hash, hash from audit_event;
-- A chain whose last events are gone goes on behind them: the gap stays to be seen.
insert into audit_seal
    select (select count(*) from audit_event) + row_number() over (order by chain), gen_random_uuid(), chain, sequence,
        hash, hash
    from audit_chain c
    where sequence > 0 and not exists (select from audit_event e where e.chain = c.chain and e.sequence = c.sequence);

alter table audit_seal add primary key (position);
alter table audit_seal add unique (entry);
alter table audit_seal add unique (chain, sequence);
create unique index audit_seal_by_chain on audit_seal (chain, position);

drop table audit_chain;
drop trigger audit_event_append on audit_event;
drop function audit_event_append();
drop function audit_event_hash(audit_event);

alter table audit_event rename to audit_entry;
alter index audit_event_pkey rename to audit_entry_pkey;
alter index audit_event_by_object rename to audit_entry_by_object;
alter index audit_event_by_actor rename to audit_entry_by_actor;
alter trigger audit_event_append_only on audit_entry rename to audit_entry_append_only;
-- Their indexes go with them.
alter table audit_entry drop column sequence, drop column previous_hash, drop column hash;
-- Both are absent in what was sealed before.
alter table audit_entry add column transaction xid8, add column number bigint;
create sequence audit_entry_number owned by audit_entry.number;
create index audit_entry_by_chain on audit_entry (chain, at, id);
create index audit_entry_by_time on audit_entry (at, id);
create index audit_entry_by_transaction on audit_entry (transaction, number) where transaction is not null;

create trigger audit_seal_append_only before update or delete or truncate on audit_seal
    for each statement execute function audit_refuse();
alter table audit_seal enable always trigger audit_seal_append_only;

-- Whoever adds an entry chooses neither its chain nor its time, and has no say in when it is sealed. The time is that of the
-- act, by the database's clock; the order of the entries of one transaction is the number's.
create function audit_entry_stamp() returns trigger
    language plpgsql security definer as $$
begin
    new.chain := coalesce(new.team_id::text, 'portal');
    new.at := clock_timestamp();
    new.transaction := pg_current_xact_id();
    new.number := nextval('audit_entry_number');
    return new;
end $$;

create trigger audit_entry_stamp before insert on audit_entry
    for each row execute function audit_entry_stamp();

-- The canonical form, as before: see audit_field. The same is in Java: audit/TrailLine.
create function audit_hash(entry audit_entry, sequence bigint, previous_hash bytea) returns bytea
    language sql stable
    return sha256(convert_to(
        audit_field('connection-manager-audit-event-1')
        || audit_field(entry.chain)
        || audit_field(sequence::text)
        || audit_field(encode(previous_hash, 'hex'))
        || audit_field(entry.id::text)
        || audit_field(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_field(entry.actor)
        || audit_field(entry.actor_name)
        || audit_field(entry.role)
        || audit_field(entry.team_id::text)
        || audit_field(entry.act)
        || audit_field(entry.object)
        || audit_field(entry.object_id)
        || audit_field(entry.version::text)
        || audit_field(entry.before)
        || audit_field(entry.after)
        || audit_field(entry.about)
        || audit_field(entry.request_id::text),
        'UTF8'));

-- The first entries that have no seal, in the order in which they get it: by transaction, and by number within one. Settled
-- are those whose transaction is older than every one that still runs: none can come to stand before them any more.
-- Everything up to the last seal is sealed; so only what comes after is looked at, however long the trail is. A database
-- that was restored from a dump counts its transactions anew: then an entry may seem to come from the future. What has no
-- seal of those goes first, and the rest is looked at as a whole until something new is sealed.
create function audit_unsealed(settled boolean, at_most integer) returns setof audit_entry
    language plpgsql stable set plan_cache_mode = force_custom_plan as $$
declare
    running xid8 := pg_snapshot_xmin(pg_current_snapshot());
    future xid8 := pg_snapshot_xmax(pg_current_snapshot());
    last_transaction xid8;
    last_number bigint;
begin
    select e.transaction, e.number into last_transaction, last_number
        from audit_entry e where e.id = (select s.entry from audit_seal s order by s.position desc limit 1);
    if last_transaction >= future then
        return query select e.* from audit_entry e
            where (e.transaction, e.number) > (last_transaction, last_number)
                and not exists (select from audit_seal s where s.entry = e.id)
            order by e.transaction, e.number limit at_most;
        if found then
            return;
        end if;
        last_transaction := null;
    end if;
    return query select e.* from audit_entry e
        where (e.transaction, e.number) > (coalesce(last_transaction, '0'), coalesce(last_number, 0))
            and e.transaction < case when settled then running else future end
            and not exists (select from audit_seal s where s.entry = e.id)
        order by e.transaction, e.number limit at_most;
end $$;

-- Seals what is settled, some at a time: how many it were. Each chain goes on from its last seal. Of several at once each
-- waits for the one before, and sees what that has sealed.
create function audit_seal_next(at_most integer) returns integer
    language plpgsql security definer as $$
declare
    one record;
    base bigint;
    head audit_seal;
    seals audit_seal[] := '{}';
begin
    perform pg_advisory_xact_lock('audit_seal'::regclass::oid::bigint);
    select coalesce(max(position), 0) into base from audit_seal;
    for one in
        select e as entry, e.id, e.chain, row_number() over (order by e.transaction, e.number) as place
        from audit_unsealed(true, at_most) e order by e.chain, place
    loop
        if head.chain is distinct from one.chain then
            select * into head from audit_seal s where s.chain = one.chain order by s.sequence desc limit 1;
            if not found then
                head.chain := one.chain;
                head.sequence := 0;
                head.hash := decode(repeat('00', 32), 'hex');
            end if;
        end if;
        head := row(base + one.place, one.id, one.chain, head.sequence + 1, head.hash,
            audit_hash(one.entry, head.sequence + 1, head.hash));
        seals := seals || head;
    end loop;
    insert into audit_seal select * from unnest(seals) s order by position;
    return cardinality(seals);
end $$;

-- For nodes of the version before: the sealed trail as they know it, and what they tell it.
create view audit_event as
    select e.id, e.at, e.actor, e.actor_name, e.role, e.team_id, e.act, e.object, e.object_id, e.version, e.before, e.after,
        e.request_id, s.chain, s.sequence, s.previous_hash, s.hash, e.about
    -- By both, so that either table's index serves what is asked of a chain.
    from audit_entry e join audit_seal s on s.entry = e.id and s.chain = e.chain;

create function audit_event_add() returns trigger
    language plpgsql as $$
begin
    insert into audit_entry (id, actor, actor_name, role, team_id, act, object, object_id, version, before, after, about,
            request_id)
        values (new.id, new.actor, new.actor_name, new.role, new.team_id, new.act, new.object, new.object_id, new.version,
            new.before, new.after, new.about, new.request_id);
    return new;
end $$;

create trigger audit_event_add instead of insert on audit_event
    for each row execute function audit_event_add();

-- The end of each chain. The chains are found one after another by the index, whatever their length.
create view audit_chain as
    with recursive chains as (
        select min(chain) as chain from audit_seal
        union all
        select (select min(s.chain) from audit_seal s where s.chain > c.chain) from chains c where c.chain is not null
    )
    select h.chain, h.sequence, h.hash
    from chains c cross join lateral (
        select s.chain, s.sequence, s.hash from audit_seal s where s.chain = c.chain order by s.sequence desc limit 1) h;

-- These run with their owner's rights. Their search path is fixed, lest somebody's temporary table pass for the trail.
do $$
declare
    name text;
begin
    foreach name in array array['audit_entry_stamp()', 'audit_seal_next(integer)'] loop
        execute format('alter function %s set search_path = %I, pg_temp', name, current_schema());
    end loop;
end $$;

-- Where the application's role is not the owner, it may read the trail, add to it and have it sealed, and no more.
revoke all on function audit_seal_next(integer) from public;
do $$
declare
    held record;
begin
    for held in
        select r.rolname, bool_or(a.privilege_type = 'INSERT') as adds
        from pg_class c, aclexplode(c.relacl) a, pg_roles r
        where c.oid in ('audit_entry'::regclass, 'audit_seal'::regclass, 'audit_event'::regclass, 'audit_chain'::regclass)
            and a.grantee = r.oid and a.grantee <> c.relowner
        group by 1
    loop
        execute format('revoke all on audit_entry, audit_seal, audit_event, audit_chain from %I', held.rolname);
        execute format('grant select on audit_entry, audit_seal, audit_event, audit_chain to %I', held.rolname);
        if held.adds then
            execute format('grant insert on audit_entry, audit_event to %I', held.rolname);
            execute format('grant execute on function audit_seal_next(integer) to %I', held.rolname);
        end if;
    end loop;
end $$;

analyze audit_entry, audit_seal;

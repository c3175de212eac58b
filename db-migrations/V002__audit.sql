-- The audit trail: one hash chain for each team, and one, 'portal', for events of no team. The database builds the chains
-- itself: a trigger gives each event its place, its time and its hash, and a role that may only insert can choose none of
-- them.

create table audit_event (
    id uuid primary key,
    at timestamptz not null,
    actor text not null,
    actor_name text not null,
    role text not null,
    -- No reference: the trail stays as it is, whatever becomes of the team.
    team_id uuid,
    act text not null,
    object text not null,
    object_id text not null,
    version integer,
    -- JSON text, as it was written: jsonb would reorder members and cannot hold U+0000.
    before text,
    after text,
    request_id uuid not null,
    chain text not null,
    sequence bigint not null,
    previous_hash bytea not null,
    hash bytea not null,
    -- Names as they were at the time of the act, for people who read the trail: a JSON object of texts.
    about text,
    unique (chain, sequence)
);

create index audit_event_by_chain on audit_event (chain, at, sequence);
create index audit_event_by_time on audit_event (at, chain, sequence);
create index audit_event_by_object on audit_event (object_id, at);
create index audit_event_by_actor on audit_event (actor, at);

-- The head of each chain. The lock on its row puts the appends to one chain in order and holds up no other chain.
create table audit_chain (
    chain text primary key,
    sequence bigint not null,
    hash bytea not null,
    at timestamptz not null
) with (fillfactor = 50);

-- The canonical form: every field in this order, each written as its length in UTF-8 octets, ':', its text and ','; an
-- absent one as '-' and ','. The same is in Java, for verification without a database: audit/TrailLine. Declared
-- stable, as the functions that it calls are: only so can PostgreSQL inline it into audit_event_hash.
create function audit_field(value text) returns text
    language sql stable
    return case when value is null then '-,' else octet_length(convert_to(value, 'UTF8')) || ':' || value || ',' end;

create function audit_event_hash(event audit_event) returns bytea
    language sql stable
    return sha256(convert_to(
        audit_field('connection-manager-audit-event-1')
        || audit_field(event.chain)
        || audit_field(event.sequence::text)
        || audit_field(encode(event.previous_hash, 'hex'))
        || audit_field(event.id::text)
        || audit_field(to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_field(event.actor)
        || audit_field(event.actor_name)
        || audit_field(event.role)
        || audit_field(event.team_id::text)
        || audit_field(event.act)
        || audit_field(event.object)
        || audit_field(event.object_id)
        || audit_field(event.version::text)
        || audit_field(event.before)
        || audit_field(event.after)
        || audit_field(event.about)
        || audit_field(event.request_id::text),
        'UTF8'));

create function audit_event_append() returns trigger
    language plpgsql security definer as $$
declare
    head audit_chain;
begin
    new.chain := coalesce(new.team_id::text, 'portal');
    select * into head from audit_chain where chain = new.chain for update;
    if not found then
        insert into audit_chain values (new.chain, 0, decode(repeat('00', 32), 'hex'), '-infinity')
            on conflict do nothing;
        select * into strict head from audit_chain where chain = new.chain for update;
    end if;
    new.sequence := head.sequence + 1;
    new.previous_hash := head.hash;
    -- One clock for all nodes, read under the lock; it never goes back within a chain, nor stands still.
    new.at := greatest(clock_timestamp(), head.at + interval '1 microsecond');
    new.hash := audit_event_hash(new);
    update audit_chain set sequence = new.sequence, hash = new.hash, at = new.at where chain = new.chain;
    return new;
end $$;

-- The function runs with its owner's rights. Its search path is fixed, lest somebody's temporary table pass for the head of
-- a chain.
do $$
begin
    execute format('alter function audit_event_append() set search_path = %I, pg_temp', current_schema());
end $$;

create function audit_refuse() returns trigger
    language plpgsql as $$
begin
    raise exception 'The audit trail is append-only: % on % is refused.', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

create trigger audit_event_append before insert on audit_event
    for each row execute function audit_event_append();

-- Refused to everybody, the owner included. A superuser can switch these off: verification finds what is done then.
create trigger audit_event_append_only before update or delete or truncate on audit_event
    for each statement execute function audit_refuse();
alter table audit_event enable always trigger audit_event_append_only;

create trigger audit_chain_stays before delete or truncate on audit_chain
    for each statement execute function audit_refuse();
create trigger audit_chain_grows before update on audit_chain
    for each row when (new.chain <> old.chain or new.sequence <> old.sequence + 1) execute function audit_refuse();
alter table audit_chain enable always trigger audit_chain_stays;
alter table audit_chain enable always trigger audit_chain_grows;

-- Where the application's role is not the owner, it may read the trail and add to it, and no more.
do $$
declare
    held record;
begin
    for held in
        select c.relname, r.rolname
        from pg_class c, aclexplode(c.relacl) a, pg_roles r
        where c.oid in ('audit_event'::regclass, 'audit_chain'::regclass)
            and a.grantee = r.oid and a.grantee <> c.relowner
        group by 1, 2
    loop
        execute format('revoke all on %I from %I', held.relname, held.rolname);
        execute format('grant select on %I to %I', held.relname, held.rolname);
        if held.relname = 'audit_event' then
            execute format('grant insert on audit_event to %I', held.rolname);
        end if;
    end loop;
end $$;

-- The signed checkpoints of the last weeks, from which each node writes its files. Verification uses the files alone.
create table audit_checkpoint (
    number bigint primary key,
    at timestamptz not null,
    jws text not null
);

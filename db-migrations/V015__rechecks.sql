-- When each registration's endpoints are looked at again. Nodes share the work by leases: whoever holds one looks, and
-- what a node that died had taken falls due again when its lease ends.
create table recheck (
    registration_id uuid primary key references registration,
    due_at timestamptz not null,
    lease uuid,
    leased_until timestamptz,
    check ((lease is null) = (leased_until is null))
);

create index recheck_due on recheck (due_at);

-- What the looks at one endpoint amount to.
create table endpoint_health (
    id uuid primary key,
    registration_id uuid not null references registration,
    field text not null,
    uri text not null,
    looked_at timestamptz not null,
    -- The first of the failing looks in a row, and the code of what the last of them found; null while it works.
    failing_since timestamptz,
    fault text,
    -- Whether it failed long enough to tell the team.
    broken boolean not null,
    certificate_ends timestamptz,
    -- The last warning that was posted: of the certificate that ends then, so many days before.
    told_ends timestamptz,
    told_days integer,
    unique (registration_id, field),
    check ((failing_since is null) = (fault is null)),
    check (failing_since is not null or not broken),
    check ((told_ends is null) = (told_days is null))
);

create index endpoint_health_failing on endpoint_health (failing_since) where failing_since is not null;
create index endpoint_health_certificate on endpoint_health (certificate_ends);
create index endpoint_health_looked on endpoint_health (looked_at);

-- Reports of failures are kept longer than the others. What is there already counts as one.
alter table check_report add column failed boolean not null default true;
alter table check_report alter column failed drop default;

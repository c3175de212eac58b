-- Looks at registered endpoints: what each look saw, when the next one is due, and what they amount to.

create table check_report (
    id uuid primary key,
    registration_id uuid not null,
    -- The number of the revision whose endpoint was looked at.
    revision integer not null,
    field text not null,
    at timestamptz not null,
    -- Reports of failures are kept longer than the others.
    failed boolean not null,
    -- Whether anything was sent to the endpoint, beyond opening a connection: what it answered is then in the report.
    sent boolean not null,
    -- JSON text: what a foreign server says may hold characters that jsonb cannot.
    report text not null,
    foreign key (registration_id, revision) references revision (registration_id, number)
);

create index check_report_latest on check_report (registration_id, field, at desc);

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

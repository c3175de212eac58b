-- Live checks of registered endpoints: the reports, when the next check is due, and the health of each endpoint.

create table check_report (
    id uuid primary key,
    registration_id uuid not null,
    -- The number of the revision whose endpoint was checked.
    revision integer not null,
    field text not null,
    at timestamptz not null,
    -- Reports of failures are kept longer than the others.
    failed boolean not null,
    -- Whether a request was sent to the endpoint, not only a connection opened: the report then holds the answer.
    sent boolean not null,
    -- JSON text: what another server answers may hold characters that jsonb cannot.
    report text not null,
    foreign key (registration_id, revision) references revision (registration_id, number)
);

create index check_report_latest on check_report (registration_id, field, at desc);

-- When the endpoints of each registration are checked next. Nodes share the work by leases: the holder alone checks, and
-- what a node that died had taken is due again when its lease ends.
create table recheck (
    registration_id uuid primary key references registration,
    due_at timestamptz not null,
    lease uuid,
    leased_until timestamptz,
    check ((lease is null) = (leased_until is null))
);

create index recheck_due on recheck (due_at);

-- The health of one endpoint, after all checks so far.
create table endpoint_health (
    id uuid primary key,
    registration_id uuid not null references registration,
    field text not null,
    uri text not null,
    checked_at timestamptz not null,
    -- The time of the first failure in a row and the code of the last one; null while the endpoint works.
    failing_since timestamptz,
    fault text,
    -- Whether it has failed for so long that the team is notified.
    broken boolean not null,
    certificate_ends timestamptz,
    -- The last warning sent: when the certificate that it was about ends, and how many days ahead it was sent.
    notified_ends timestamptz,
    notified_days integer,
    unique (registration_id, field),
    check ((failing_since is null) = (fault is null)),
    check (failing_since is not null or not broken),
    check ((notified_ends is null) = (notified_days is null))
);

create index endpoint_health_failing on endpoint_health (failing_since) where failing_since is not null;
create index endpoint_health_certificate on endpoint_health (certificate_ends);
create index endpoint_health_checked on endpoint_health (checked_at);

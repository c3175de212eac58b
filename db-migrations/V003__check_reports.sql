create table check_report (
    id uuid primary key,
    registration_id uuid not null references registration,
    -- The revision whose endpoint was looked at.
    revision integer not null,
    field text not null,
    at timestamptz not null,
    -- JSON text: what a foreign server says may hold characters that jsonb cannot.
    report text not null
);

create index check_report_latest on check_report (registration_id, field, at desc);

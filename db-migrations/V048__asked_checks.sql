-- Live checks that somebody asked for and waits for: any node runs them, any node answers for them. Kept for a day.
create table asked_check (
    id uuid primary key,
    subject text not null check (subject in ('REGISTRATION', 'DRAFT', 'REQUEST')),
    -- The draft or the request; null for what is registered.
    subject_id uuid,
    application_id uuid not null references application on delete cascade,
    environment text not null,
    -- The portal's page with the result, relative.
    page text not null,
    asked_by text not null,
    asked_by_name text not null,
    asked_by_operator boolean not null,
    asked_at timestamptz not null,
    -- Members whose endpoints are opened, and those of them that were checked.
    opened text[] not null default '{}',
    checked text[] not null default '{}',
    lease uuid,
    leased_until timestamptz,
    tries integer not null default 0,
    ended_at timestamptz,
    -- Why nothing came of it, as codes and arguments.
    refused text check (refused in ('NOT_FOUND', 'NOT_ALLOWED', 'CONFLICT', 'TOO_MANY')),
    refused_reason text,
    refused_arguments text[],
    retry_after integer,
    check ((subject_id is null) = (subject = 'REGISTRATION')),
    check ((refused is null) = (refused_reason is null)),
    check (refused is null or ended_at is not null)
);

create index asked_check_waiting on asked_check (asked_at) where ended_at is null;
create index asked_check_by_application on asked_check (application_id);
create index asked_check_old on asked_check (asked_at);

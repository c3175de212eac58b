-- What became of requests of the API and forms of the pages that came with a key, so that the same one sent again does
-- nothing again.
create table idempotency_key (
    -- SHA-256 of the caller and the key.
    id text primary key,
    -- SHA-256 of what was asked.
    asked text not null,
    started_at timestamptz not null,
    -- The answer's; null while the first is at work, and for good where the portal stopped in the middle of it.
    status int,
    location text,
    tag text,
    -- As the edge has it kept, without what is shown once.
    body text
);

create index idempotency_key_by_age on idempotency_key (started_at);

-- What became of requests that came with an Idempotency-Key, so that the same one sent again creates nothing again.
create table idempotency_key (
    -- SHA-256 of the caller and the key.
    id text primary key,
    -- SHA-256 of what was asked.
    asked text not null,
    started_at timestamptz not null,
    -- The answer's; null while the first request is at work, and for good where the portal stopped in the middle of it.
    status int,
    location text,
    tag text,
    -- JSON, without what is shown once.
    body text
);

create index idempotency_key_by_age on idempotency_key (started_at);

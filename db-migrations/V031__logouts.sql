-- Logout tokens of the mock authorisation service, on their way to clients and as they were taken there.

create table mock_logout (
    id uuid primary key,
    issuer text not null,
    client_id text not null,
    -- Whose client it is: one team's tokens wait for one another, not for those of others.
    team_id uuid,
    uri text not null,
    -- Why the session ended.
    reason text not null check (reason in ('user', 'administrator', 'card-removed')),
    -- What is wrong with the token on purpose.
    fault text,
    -- Signed anew at each attempt: the token itself is kept nowhere.
    claims jsonb not null,
    made_at timestamptz not null,
    attempts integer not null default 0,
    -- When it is tried next; null = no more.
    next_at timestamptz,
    -- While a node is trying; one that has died leaves it behind.
    sending_since timestamptz,
    -- Of the latest attempt.
    tried_at timestamptz,
    verdict text,
    status integer,
    millis bigint,
    body text,
    findings jsonb
);

create index mock_logout_of_client on mock_logout (issuer, client_id, made_at desc, id desc);
create index mock_logout_due on mock_logout (next_at) where next_at is not null;
create index mock_logout_under_way on mock_logout (sending_since) where sending_since is not null;
create index mock_logout_made on mock_logout (made_at);

-- Each one that went out, for as long as it counts against the limits.
create table mock_logout_sent (
    host text not null,
    uri text not null,
    -- By the clock of the database, which all nodes share.
    at timestamptz not null
);

create index mock_logout_sent_to on mock_logout_sent (host, at);
create index mock_logout_sent_at on mock_logout_sent (at);

-- Which sessions were used at a client.
create index mock_grant_of_client on mock_grant (issuer, client_id);

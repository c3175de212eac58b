-- The mock authorisation service. What it keeps is for rehearsals: nothing of it is about real people, and all of it ends by the
-- clock. An issuer is '' for the public one, or the id of a test.

create table mock_key (
    issuer text not null,
    kid text not null,
    -- RSA, or the curve of an elliptic key.
    family text not null,
    public_jwk jsonb not null,
    -- The private key, sealed by the portal's keyset.
    sealed bytea not null,
    -- A key is published before it is used, and stays published after it was replaced.
    state text not null check (state in ('PUBLISHED', 'USED', 'REPLACED')),
    made_at timestamptz not null,
    primary key (issuer, kid)
);

create unique index mock_key_in_use on mock_key (issuer, family) where state = 'USED';

-- Clients that no team registered: by open registration, or of a test.
create table mock_client (
    client_id text primary key,
    issuer text not null,
    metadata jsonb not null,
    -- Its public keys, by value.
    jwks jsonb,
    sealed_secret bytea,
    -- A keyed hash of the network that it was made from, so that one cannot take all places.
    made_from bytea,
    made_at timestamptz not null,
    last_used_at timestamptz not null
);

create index mock_client_of_issuer on mock_client (issuer, last_used_at);
create index mock_client_from on mock_client (made_from) where made_from is not null;

-- Who is logged in in a browser.
create table mock_session (
    sid text primary key,
    issuer text not null,
    cookie_hash bytea not null unique,
    user_id text not null,
    auth_time timestamptz not null,
    -- By the real clock, as in all tables here: a test's own clock may stand anywhere.
    made_at timestamptz not null,
    ended_at timestamptz
);

create index mock_session_made on mock_session (made_at);

-- What came of one log-in of one client: a code, then an access token.
create table mock_grant (
    id uuid primary key,
    issuer text not null,
    client_id text not null,
    sid text not null,
    code_hash bytea not null unique,
    code_ends_at timestamptz not null,
    -- What was asked for and what was granted.
    terms jsonb not null,
    made_at timestamptz not null,
    used_at timestamptz,
    token_hash bytea unique,
    token_ends_at timestamptz,
    revoked_at timestamptz
);

create index mock_grant_of_session on mock_grant (sid);
create index mock_grant_made on mock_grant (made_at);

-- Ids of client assertions that were accepted: each is taken once.
create table mock_assertion (
    hash bytea primary key,
    ends_at timestamptz not null
);

create index mock_assertion_ends on mock_assertion (ends_at);

-- Key sets as they were fetched last with success, and what came of the last try where that failed.
create table mock_key_set (
    client_id text not null,
    uri text not null,
    document text,
    fetched_at timestamptz,
    trouble text,
    tried_at timestamptz not null,
    primary key (client_id, uri)
);

-- Each request of a client as the mock saw it.
create table mock_exchange (
    id uuid primary key,
    issuer text not null,
    client_id text not null,
    at timestamptz not null,
    made_at timestamptz not null,
    endpoint text not null,
    passed boolean not null,
    document jsonb not null
);

create index mock_exchange_of_client on mock_exchange (issuer, client_id, made_at desc, id desc);
create index mock_exchange_made on mock_exchange (made_at);

-- Addresses on a developer's own computer, for the mock alone.
create table mock_local_address (
    client_id text not null,
    member text not null check (member in ('redirect_uris', 'jwks_uri', 'backchannel_logout_uri')),
    uri text not null,
    primary key (client_id, member, uri)
);

-- When a secret last let its client in here: real OpenID Providers do not tell.
alter table client_secret add column last_used_in_mock_at timestamptz;

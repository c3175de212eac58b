-- API credentials that operators make for themselves, of scope audit-read. A table of their own: the version before looks for
-- credentials of teams alone, and answers one of these like one that it does not know.
create table operator_credential (
    id uuid primary key,
    -- The subject of the operator who made it.
    created_by text not null,
    name text not null,
    -- SHA-256 of the whole credential, as of those of teams.
    hash bytea not null unique check (octet_length(hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    -- To the minute.
    last_used_at timestamptz,
    -- When its maker last logged in as an operator; moved only while that was not too long ago, so that none comes back.
    maker_seen_at timestamptz not null
);

create index operator_credential_by_maker on operator_credential (created_by) where revoked_at is null;

-- Log-in sessions of the pages. A session that is not here any more is over, on every node.
create table login_session (
    -- SHA-256 of what the cookie holds: whoever reads this table cannot log in with it.
    id text primary key,
    subject text not null,
    -- The session at the OpenID Provider that this one came from; null where it names none.
    sid text,
    -- Encrypted; id is its associated data.
    id_token bytea not null,
    -- What an operator may do is read from the log-in: theirs lasts less long.
    operator boolean not null default false,
    began_at timestamptz not null,
    seen_at timestamptz not null
);

create index login_session_by_subject on login_session (subject);
create index login_session_by_sid on login_session (sid);
create index login_session_by_seen_at on login_session (seen_at);

-- Logout tokens that were taken, kept until they would be too old anyway: each works once.
create table logout_token (
    -- SHA-256 of jti.
    id text primary key,
    sid text,
    taken_at timestamptz not null
);

-- Log-in sessions of the pages. A session without a row has ended, on every node.
create table login_session (
    -- SHA-256 of what the cookie holds: nobody can log in with what this table holds.
    id text primary key,
    subject text not null,
    -- The session at the OpenID Provider that this one came from; null where it names none.
    sid text,
    -- Encrypted; id is its associated data.
    id_token bytea not null,
    -- The right of an operator is read at log-in only, so an operator's session is shorter.
    operator boolean not null default false,
    began_at timestamptz not null,
    seen_at timestamptz not null
);

create index login_session_by_subject on login_session (subject);
create index login_session_by_sid on login_session (sid);
create index login_session_by_seen_at on login_session (seen_at);

-- Logout tokens that were accepted, so that each works once; kept until they would be too old anyway.
create table logout_token (
    -- SHA-256 of jti.
    id text primary key,
    sid text,
    taken_at timestamptz not null
);

-- Forms that were refused, with what was typed, so that their pages can show it again: for an hour, and no longer than the
-- session.
create table refused_form (
    -- As it stands in the address of the page; without the session it opens nothing.
    id uuid primary key,
    session_id text not null references login_session on delete cascade,
    -- Encrypted; session and id are its associated data.
    content bytea not null,
    kept_at timestamptz not null
);

create index refused_form_by_session on refused_form (session_id, kept_at);
create index refused_form_by_kept_at on refused_form (kept_at);

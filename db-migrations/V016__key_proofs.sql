-- Challenges to sign with a published key. A nonce is no secret: it only has to be new, and be answered once.
create table key_challenge (
    id uuid primary key,
    registration_id uuid not null references registration,
    nonce text not null,
    algorithm text not null,
    kid text,
    issued_at timestamptz not null,
    -- The key that answered it: a challenge is answered once.
    thumbprint text,
    answered_at timestamptz,
    check ((thumbprint is null) = (answered_at is null))
);

create index key_challenge_by_registration on key_challenge (registration_id);

-- Keys that a team has shown to hold the private part of.
create table proven_key (
    id uuid primary key,
    registration_id uuid not null references registration,
    -- RFC 7638, SHA-256.
    thumbprint text not null,
    kid text,
    proven_by text not null,
    proven_by_name text not null,
    proven_at timestamptz not null,
    unique (registration_id, thumbprint)
);

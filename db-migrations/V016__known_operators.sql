-- Who was here as an operator, and when last: an operator is shown no production secret, not even through a credential.
create table known_operator (
    subject text primary key,
    seen_at timestamptz not null
);

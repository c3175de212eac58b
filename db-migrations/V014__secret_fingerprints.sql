-- By which a client secret that was pasted somewhere is known again: four octets that tell the key, and an HMAC-SHA-256
-- with a key that is not in the database. Null until the portal next makes those that are missing.

alter table client_secret add column fingerprint bytea;

create index client_secret_by_fingerprint on client_secret (fingerprint);

-- The log of the mock authorisation service: how much each exchange takes, so that a test's can be held to a size, and an index by
-- which the exchanges that there is no room for are found.

alter table mock_exchange add column octets integer not null default 0;
update mock_exchange set octets = octet_length(document::text);

drop index mock_exchange_of_client;
create index mock_exchange_of_client on mock_exchange (issuer, client_id, made_at desc, id desc) include (octets);

-- SHA-256 of the registration access token of a client that anybody made; null = it is a test's, which has a token of its own.
alter table mock_client add column token_hash bytea;

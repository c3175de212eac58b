-- What is known of the discovery documents of the environments' OpenID Providers, shared by all nodes. The address is
-- the key: what was read elsewhere says nothing of an OpenID Provider that has moved.
create table discovery_document (
    address text primary key,
    -- The last good one: what the portal uses of it, as JSON text; null until there is one.
    published text,
    read_at timestamptz,
    -- When reading it first failed after that; null when it did not.
    unreadable_since timestamptz,
    check ((published is null) = (read_at is null))
);

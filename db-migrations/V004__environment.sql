-- The discovery documents of the environments' OpenID Providers as they were last read, shared by all nodes. The address
-- is the key: a document read at another address says nothing about an OpenID Provider that has moved.
create table discovery_document (
    address text primary key,
    -- What the portal uses of the last valid document, as JSON text; null until there is one.
    published text,
    read_at timestamptz,
    -- When reading it first failed since then; null while it succeeds.
    unreadable_since timestamptz,
    check ((published is null) = (read_at is null))
);

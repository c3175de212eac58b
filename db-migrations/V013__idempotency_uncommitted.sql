-- Whether a request that came with a key has done anything yet, known without doubt: what it commits says so in the same
-- transaction.
alter table idempotency_key
    -- The request that has the key, for as long as it has committed nothing; null once it has, and where it came by the
    -- version before, which does not say.
    add column uncommitted uuid;

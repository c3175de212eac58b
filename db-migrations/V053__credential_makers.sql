-- The subject of whoever made a credential: what it does, its maker has had a hand in. Every issue is in the trail; null where
-- the trail does not tell.
alter table api_credential add column created_by text;

update api_credential c set created_by = (
    select e.actor from audit_event e
    where e.act = 'api-credential-issued' and e.object = 'api-credential' and e.object_id = c.id::text
    limit 1);

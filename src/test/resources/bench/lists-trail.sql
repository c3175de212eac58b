-- Two events for each registration, with seals that nobody verifies, behind a gap for what the portal seals meanwhile.
alter table audit_entry disable trigger user;
insert into audit_entry (id, at, actor, actor_name, role, team_id, act, object, object_id, version, after, request_id, about,
        chain)
    select gen_random_uuid(), r.issued_at + k * interval '1 minute', 'person-' || abs(hashtext(a.team_id::text)) % 1000,
        'Person ' || abs(hashtext(a.team_id::text)) % 1000, 'owner', a.team_id,
        (array['registration-created', 'secret-issued'])[k], (array['registration', 'secret'])[k], r.id::text, k,
        '{"redirect_uris":["https://app.trust.example/callback"],"client_id":"' || r.client_id || '"}', gen_random_uuid(),
        '{"application":"' || a.name || '","environment":"Integration"}', a.team_id::text
    from registration r join application a on a.id = r.application_id, generate_series(1, 2) k;
insert into audit_seal (position, entry, chain, sequence, previous_hash, hash)
    select (select coalesce(max(position), 0) from audit_seal) + 1000 + row_number() over (order by at, id), id, chain,
        1000 + row_number() over (partition by chain order by at, id), '\x00', '\x00'
    from audit_entry e where not exists (select from audit_seal s where s.entry = e.id) and e.transaction is null;
alter table audit_entry enable trigger user;

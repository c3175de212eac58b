-- Two events for each registration, in chains that nobody verifies.
alter table audit_event disable trigger user;
insert into audit_event (id, at, actor, actor_name, role, team_id, act, object, object_id, version, after, request_id, about,
        chain, sequence, previous_hash, hash)
    select gen_random_uuid(), r.issued_at + k * interval '1 minute', 'person-' || abs(hashtext(a.team_id::text)) % 1000,
        'Person ' || abs(hashtext(a.team_id::text)) % 1000, 'owner', a.team_id,
        (array['registration-created', 'secret-issued'])[k], (array['registration', 'secret'])[k], r.id::text, k,
        '{"redirect_uris":["https://app.trust.example/callback"],"client_id":"' || r.client_id || '"}', gen_random_uuid(),
        '{"application":"' || a.name || '","environment":"Integration"}', a.team_id::text,
        1000 + row_number() over (partition by a.team_id order by r.issued_at, k), '\x00', '\x00'
    from registration r join application a on a.id = r.application_id, generate_series(1, 2) k;
alter table audit_event enable trigger user;

-- A portal with {registrations} registrations of {applications} applications of {teams} teams, one of which has {big}: made
-- at once, in proportions as they may be in earnest. One real client was registered before: what is sealed is like its own.

set synchronous_commit = off;
set work_mem = '64MB';
set maintenance_work_mem = '256MB';

create temporary table word as select n, word from unnest(string_to_array('ward,round,clinic,triage,theatre,pharmacy,'
    'record,summary,imaging,pathology,renal,cardiac,stroke,dental,maternity,neonatal,hospice,rota,roster,bed,discharge,'
    'letter,referral,booking,consent,vaccine,screening,allergy,dose,infusion,monitor,device,audit,coding,billing,stores,'
    'linen,meals,transport,porter,shift,handover,viewer,portal,connect,bridge,gateway,desk,board,chart', ',')) with
    ordinality w(word, n);

create temporary table new_team as
    select gen_random_uuid() as id, i as n, initcap(w.word) || ' Trust ' || i as name,
        now() - (10 + i % 1500) * interval '1 day' as created_at
    from generate_series(1, {teams}) i join word w on w.n = 1 + i * 7 % 50;
insert into team (id, name, categories, created_at, version)
    select id, name, '{SUPPLIER,LOCAL,NATIONAL}', created_at, 0 from new_team;

insert into member (id, team_id, email, address, subject, name, role, created_at, joined_at, seen_at, version)
    select gen_random_uuid(), t.id, m.mail, m.mail, 'person-' || t.n || '-' || k, 'Person ' || k || ' of ' || t.n,
        (array['OWNER', 'OWNER', 'ADMIN', 'VIEWER'])[k], t.created_at, t.created_at, now(), 0
    from new_team t, generate_series(1, 4) k, lateral (select 'person-' || t.n || '-' || k || '@trust.example' as mail) m;
insert into member (id, team_id, email, address, role, created_at, invitation_hash, invitation_expires_at, invited_by, version)
    select gen_random_uuid(), t.id, 'new-' || t.n || '@trust.example', 'new-' || t.n || '@trust.example', 'VIEWER', now(),
        sha256(t.n::text::bytea), now() + interval '7 days', 'person-' || t.n || '-1', 0
    from new_team t where t.n % 5 = 0;
-- Who is invited to some teams, has asked for some, and has many colleagues.
insert into member (id, team_id, email, address, role, created_at, invitation_hash, invitation_expires_at, invited_by, version)
    select gen_random_uuid(), t.id, a.mail, a.mail, 'VIEWER', now(), sha256((a.mail || t.n)::bytea),
        now() + interval '7 days', 'person-' || t.n || '-1', 0
    from new_team t, (values ('newcomer@local.example'), ('owner@local.example')) a(mail) where t.n <= 6;
insert into member (id, team_id, email, address, subject, name, role, created_at, joined_at, seen_at, version)
    select gen_random_uuid(), '{first}', 'colleague-' || k || '@local.example', 'colleague-' || k || '@local.example',
        'colleague-' || k, 'Colleague ' || k, (array['ADMIN', 'VIEWER'])[1 + k % 2], now(), now(), now(), 0
    from generate_series(1, 60) k;

insert into attestation (id, team_id, at, attested_by, attested_by_name)
    select gen_random_uuid(), t.id, now() - (k * 150 + t.n % 60) * interval '1 day', 'person-' || t.n || '-1', 'Person 1'
    from new_team t, generate_series(1, 2) k where t.n % 10 <> 0;
insert into attestation_reminder (team_id, due_at)
    select team_id, due_at from attestation_status where due_at < now() + interval '15 days';

insert into api_credential (id, team_id, name, scope, hash, created_at, created_by, expires_at)
    select gen_random_uuid(), t.id, 'Pipeline ' || k, (array['READ', 'WRITE'])[k], sha256((t.n || ' ' || k)::bytea), now(),
        'person-' || t.n || '-' || k, now() + interval '1 year'
    from new_team t, generate_series(1, 2) k;
insert into api_credential (id, team_id, name, scope, hash, created_at, created_by, expires_at)
    select gen_random_uuid(), '{first}', 'Pipeline ' || k, 'READ', sha256(('first ' || k)::bytea), now(), 'local-owner',
        now() + interval '1 year'
    from generate_series(1, 5) k;

insert into team_request (id, team_id, name, categories, contact, subject, requester_name, requester_email, state, reason,
        decided_by, decided_at, created_at, version)
    select gen_random_uuid(), t.id, t.name, '{SUPPLIER}', 'contact@trust.example',
        case when t.n <= 5 then 'local-newcomer' else 'person-' || t.n || '-1' end, 'Person 1', 'person@trust.example',
        s.state, case when s.state = 'DECLINED' then 'Unknown' end, case when s.state <> 'PENDING' then 'local-operator' end,
        case when s.state <> 'PENDING' then t.created_at end, t.created_at - interval '3 days', 0
    from new_team t, lateral (select case when t.n % 50 = 1 then 'PENDING' when t.n % 10 = 3 then 'DECLINED' else 'ACCEPTED'
        end as state) s;

create temporary table new_application as
    select gen_random_uuid() as id, i as n, t.id as team_id,
        initcap(w.word) || ' ' || initcap(v.word) || ' App' || i as name,
        (array['SUPPLIER', 'LOCAL', 'NATIONAL'])[1 + i % 3] as category,
        now() - ({applications} - i) * interval '1 second' * (100000000 / {applications}) as created_at
    from generate_series(1, {applications}) i
    join word w on w.n = 1 + i % 50 join word v on v.n = 1 + i / 50 % 50
    join (select id, n as t from new_team union all select '{first}', 0) t
        on t.t = case when i <= 100 or abs(hashint4(i)) % {share} = 0 then 0 else 1 + i % {teams} end;
insert into application (id, team_id, name, description, category, application_type, contacts, created_at, deleted_at, version)
    select id, team_id, name, 'What it does for whom, in some words.', category, 'WEB',
        array['contact-' || n || '@trust.example'], created_at, case when n % 100 = 99 then now() end, 0
    from new_application;

-- Two of each application: Integration, and Deployment or Production.
create temporary table new_client as
    select gen_random_uuid() as id, a.id as application_id, a.team_id, a.name, a.n,
        case k when 1 then 'integration' else (array['deployment', 'production'])[1 + a.n % 2] end as environment,
        (a.n::bigint * 193939 % 1000003 * 800000 + 100000000000 + k)::text as number,
        a.created_at + k * interval '1 hour' as issued_at,
        case when a.n % 100 = 99 or a.n % 53 = 7 and k = 2 then now() - a.n % 700 * interval '1 hour' end as deleted_at,
        a.n % 501 = 3 as suspended, (a.n + k) % 5 < 2 as keys, (a.n + k) % 10 < 3 as logout,
        'https://app' || a.n || '.trust.example' as site
    from new_application a, generate_series(1, 2) k;
insert into issued_client_id select number, number || '.apps.supplier', issued_at from new_client;
insert into registration (id, application_id, environment, client_id, state, suspended_at, suspension_reason, revision,
        issued_at, deleted_at, version)
    select id, application_id, environment, number || '.apps.supplier', case when suspended then 'SUSPENDED' else 'ACTIVE' end,
        case when suspended then now() end, case when suspended then 'Misused' end, 2, issued_at, deleted_at, 2
    from new_client;
insert into revision (id, registration_id, number, metadata, warnings, actor, actor_name, at)
    select gen_random_uuid(), id, k, jsonb_strip_nulls(jsonb_build_object('client_name', name, 'application_type', 'web',
            'redirect_uris', jsonb_build_array(site || '/callback', site || '/other/' || k),
            'token_endpoint_auth_method', case when keys then 'private_key_jwt' else 'client_secret_basic' end,
            'jwks_uri', case when keys then site || '/jwks' end,
            'backchannel_logout_uri', case when logout then site || '/logout' end,
            'backchannel_logout_session_required', logout)),
        '{"all":[]}', 'person-1-1', 'Person 1', issued_at + k * interval '1 minute'
    from new_client, generate_series(1, 2) k;

insert into client_secret (id, registration_id, ciphertext, fingerprint, last_four, issued_at, revoked_at, last_used_at)
    select gen_random_uuid(), c.id, substring(s.ciphertext, 1, 5) || r.bytes, substring(s.fingerprint, 1, 4) || r.bytes,
        right(c.number, 4), c.issued_at, case when c.n % 4 = 0 and k = 1 then now() end, now()
    from new_client c, generate_series(1, 2) k, (select * from client_secret limit 1) s,
        lateral (select sha256((c.number || k)::bytea) as bytes) r
    where not c.keys and (k = 1 or c.n % 4 = 0);

create temporary table new_endpoint as
    select c.id, c.n, e.field, c.site || e.path as uri, c.deleted_at
    from new_client c, lateral (values ('jwks_uri', '/jwks', c.keys), ('backchannel_logout_uri', '/logout', c.logout))
        e(field, path, there) where e.there;
insert into check_report (id, registration_id, revision, field, at, failed, sent, report)
    select gen_random_uuid(), id, 2, field, now() - k * interval '1 day', n % 100 = 0, false,
        replace(replace('{report}', 'https://keys.supplier.co.uk/jwks', uri), '"jwks_uri"', '"' || field || '"')
    from new_endpoint, generate_series(1, 2) k where k = 1 or n % 10 = 0;
insert into endpoint_health (id, registration_id, field, uri, checked_at, failing_since, fault, broken, certificate_ends,
        certificate_attention)
    select gen_random_uuid(), e.id, e.field, e.uri, now() - interval '1 hour',
        case when e.n % 100 = 0 then now() - e.n % 90 * interval '1 day' end,
        case when e.n % 100 = 0 then 'dns-failed' end, e.n % 100 = 0, c.ends, c.ends - interval '30 days'
    from new_endpoint e, lateral (select now() + (case when e.n % 60 = 1 then e.n % 29 else 35 + e.n % 300 end)
        * interval '1 day' as ends) c;
insert into recheck (registration_id, due_at)
    select id, now() + interval '1 day' + n % 20000 * interval '1 second' from (select id, min(n) as n from new_endpoint
        where deleted_at is null group by id) e;
insert into proven_key (id, registration_id, thumbprint, proven_by, proven_by_name, proven_at)
    select gen_random_uuid(), id, 'thumbprint-' || k, 'person-1-1', 'Person 1', now()
    from new_client, generate_series(1, 2) k where keys and n % 10 = 0;
insert into key_challenge (id, registration_id, nonce, algorithm, issued_at)
    select gen_random_uuid(), id, 'nonce', 'RS256', now() from new_client where keys and n % 20 = 0;
insert into draft (id, application_id, environment, candidate, updated_by, updated_at, version)
    select gen_random_uuid(), id, case n % 100 when 0 then 'deployment' else 'integration' end,
        '{"client_name":"Half done"}', 'person-1-1', now(), 0
    from new_application where n % 50 = 0;
insert into uncollected_secret (registration_id, since)
    select id, now() from new_client where environment = 'production' and not keys and n % 50 = 1;
insert into handover (id, application_id, from_team, to_team, offered_by, offered_at, state)
    select gen_random_uuid(), id, team_id, case when n between 101 and 130 then '{first}' else gen_random_uuid() end,
        'person-1-1', now() - interval '1 day', 'OPEN'
    from new_application where (n % 50 = 0 or n between 101 and 130) and team_id <> '{first}';

-- Every client in production was asked for; some other requests failed, and some are open.
alter table production_request disable trigger request_words;
insert into production_request (id, application_id, environment, state, candidate, client_name, hosts, note, edition,
        editors, editor_teams, fields_to_change, risk, assignee, assignee_name, created_at, updated_at, updated_by,
        first_submitted_at, submitted_at, due_at, decided_at, decided_by, decided_by_name, words, version)
    select gen_random_uuid(), r.application_id, 'production', r.state, format('{"client_name":"%s","redirect_uris":'
            '["https://app%s.trust.example/callback"],"token_endpoint_auth_method":"client_secret_basic"}', r.name, r.n),
        r.name, array['app' || r.n || '.trust.example'], repeat('Please. ', 20), 1, '{person-1-1}', array[r.team_id], '{}',
        (array['NONE', 'NONE', 'NONE', 'LOW', 'LOW', 'MEDIUM', 'HIGH'])[1 + r.n % 7],
        case when r.state <> 'DRAFT' and r.n % 2 = 0 then 'local-operator' || coalesce(nullif(r.n / 2 % 40, 0)::text, '') end,
        case when r.state <> 'DRAFT' and r.n % 2 = 0 then 'Operator' end,
        r.at - interval '1 day', r.at, 'Person 1', r.submitted, r.submitted, r.submitted + interval '5 days', r.decided,
        case when r.decided is not null then 'local-operator2' end, case when r.decided is not null then 'Oscar Operator' end,
        to_tsvector('simple', translate(concat_ws(' ', t.name, r.name, r.name, 'app' || r.n || '.trust.example'), '.-_:/@',
            '      ')), 1
    from (select q.*, case when state <> 'DRAFT' then at end as submitted,
            case when state in ('APPROVED', 'REJECTED', 'CHANGES_REQUESTED') then at + n % 100 * interval '1 hour' end
                as decided
        from (
            select application_id, team_id, name, n, 'APPROVED' as state, issued_at - interval '5 days' as at
                from new_client where environment = 'production'
            union all select id, team_id, name, n, 'REJECTED', created_at - interval '10 days' from new_application where n % 40 = 2
            union all select id, team_id, name, n, 'WITHDRAWN', created_at - interval '20 days' from new_application where n % 40 = 4
            union all select id, team_id, name, n, case n % 250 when 50 then 'SUBMITTED' when 0
                    then 'CHANGES_REQUESTED' else 'DRAFT' end, now() - n % 200 * interval '1 hour'
                from new_application where n % 50 = 0) q) r join team t on t.id = r.team_id;
alter table production_request enable trigger request_words;
insert into request_entry (id, request_id, kind, author, author_name, role, text, fields, at)
    select gen_random_uuid(), r.id, k, 'person-1-1', 'Person 1', case k when 'NOTE' then 'operator' else 'owner' end,
        case when k in ('COMMENT', 'NOTE') then repeat('Words. ', 20) end, '{}', r.created_at
    from production_request r, unnest(array['OPENED', 'COMMENT', 'NOTE']) k where k = 'OPENED' or r.version = 1;

insert into mail (id, code, team_id, recipient, arguments, page, created_at, next_attempt_at, attempts, sent_at)
    select gen_random_uuid(), 'attestation-due', id, 'person-' || n || '-1@trust.example', '{}', 'attestation',
        now() - n % 700 * interval '1 hour', now(), 1, now() - n % 700 * interval '1 hour'
    from new_team;
insert into login_session (id, subject, id_token, began_at, seen_at)
    select encode(sha256(n::text::bytea), 'hex'), 'person-' || n || '-1', s.id_token, now(), now()
    from new_team, (select id_token from login_session limit 1) s where n % 4 = 0;
insert into idempotency_key (id, asked, started_at, status)
    select encode(sha256(n::text::bytea), 'hex'), 'asked', now() - n % 24 * interval '1 hour', 201
    from new_application where n % 100 = 0;

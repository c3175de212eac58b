-- From when on a certificate needs attention, which depends on how long it lives; and no endpoints, nothing to check again.

alter table endpoint_health add column certificate_attention timestamptz;

-- Until the next check the old rule holds: 30 days.
update endpoint_health set certificate_attention = certificate_ends - interval '30 days' where certificate_ends is not null;

create index endpoint_health_attention on endpoint_health (certificate_attention);

delete from recheck q using registration r join revision v on v.registration_id = r.id and v.number = r.revision
where r.id = q.registration_id
  and coalesce(v.metadata ->> 'jwks_uri', v.metadata ->> 'backchannel_logout_uri') is null;

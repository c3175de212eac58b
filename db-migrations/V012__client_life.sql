-- Why and since when operators keep a client out; both or neither, whatever else becomes of the registration.
alter table registration add column suspended_at timestamptz;
alter table registration add column suspension_reason text;
alter table registration add check ((state = 'SUSPENDED') = (suspended_at is not null));
alter table registration add check ((suspended_at is null) = (suspension_reason is null));

-- Finds what can be restored.
create index registration_deleted on registration (application_id, environment, issued_at desc);

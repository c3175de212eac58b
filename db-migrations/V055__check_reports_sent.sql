-- Whether anything was sent to the endpoint, beyond opening a connection: what it answered is then in the report.
alter table check_report add column sent boolean not null default false;
update check_report set sent = true where report ~ '"name":"CONTENT","state":"(PASSED|FAILED)"';
alter table check_report alter column sent drop default;

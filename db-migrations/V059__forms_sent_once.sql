-- The form that something was made with: sent again, it makes nothing again. Ids are compared within the request and the
-- team only, so that nobody learns from a refusal which forms others have sent.
alter table request_entry add column form_id uuid;
create unique index request_entry_once_per_form on request_entry (request_id, form_id);

alter table application add column form_id uuid;
create unique index application_once_per_form on application (team_id, form_id);

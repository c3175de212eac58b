-- As audit_field was, but with the volatility of what it calls: so it becomes part of audit_event_hash, and is no call.
create or replace function audit_field(value text) returns text
    language sql stable
    return case when value is null then '-,' else octet_length(convert_to(value, 'UTF8')) || ':' || value || ',' end;

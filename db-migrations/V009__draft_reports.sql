-- What the live checks saw of the endpoints that a draft names: JSON text, as in check_report.
alter table draft add column reports text;

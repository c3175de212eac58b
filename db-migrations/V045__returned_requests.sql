-- What a request held when operators last asked for changes, as JSON text: the next submission is compared with it. Null = they never did,
-- or did before this was kept.
alter table production_request add column returned text;

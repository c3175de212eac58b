-- Who did something is found by the beginning of their name whatever its accents, as in every other search: see V042.
drop index audit_entry_by_actor_name;
create index audit_entry_by_actor_name on audit_entry (lower(folded(actor_name)) collate "C", actor collate "C");

-- Operators look for a client by its ID, and by how the words of its application's or its team's name begin.
create index client_by_id on registration (client_id text_pattern_ops);
create index application_of_team on application (team_id);

create function name_words(name text) returns tsvector language sql immutable as $$
    -- Full stops and the like would be kept within a word: each part of a name shall be found.
    select to_tsvector('simple'::regconfig, translate(name, '.-_:/@', '      '))
$$;

create index application_by_words on application using gin (name_words(name));
create index team_by_words on team using gin (name_words(name));

-- One for each list: all, the suspended and the deleted, each beginning with the last one.
create index client_newest on registration (issued_at desc, id desc);
create index client_suspended on registration (issued_at desc, id desc)
    where state = 'SUSPENDED' and deleted_at is null;
create index client_deleted on registration (deleted_at desc, id desc) where deleted_at is not null;

-- What the search in the header finds things by. Names are found whatever their accents, and whether their letters are composed or
-- decomposed. The same folding is in Java, of what is typed: policy/SearchWords.

create function folded(name text) returns text language sql immutable as $$
    select regexp_replace(
        normalize(replace(replace(replace(replace(replace(translate(name, 'øØłŁđĐıÞþ', 'oOlLdDiTt'),
            'ß', 'ss'), 'æ', 'ae'), 'Æ', 'AE'), 'œ', 'oe'), 'Œ', 'OE'), NFKD),
        '[\u0300-\u036f]', '', 'g')
$$;

create or replace function name_words(name text) returns tsvector language sql immutable as $$
    -- The parser keeps full stops and the like inside a word; replaced by spaces, each part of a name is found.
    select to_tsvector('simple'::regconfig, translate(folded(name), '.-_:/@', '      '))
$$;

-- Since the words are kept, nobody asks these.
drop index team_by_words, application_by_words;

-- Only names with letters that are folded have other words than before.
update team set name = name where folded(name) <> name;
update application set name = name where folded(name) <> name;
update registration r set words = registration_words(r.id, r.client_id, r.application_id)
    from application a join team t on t.id = a.team_id
    where a.id = r.application_id and folded(a.name || t.name) <> a.name || t.name;
update production_request r set words = request_words(r.number, r.application_id, r.client_name, r.hosts)
    from application a join team t on t.id = a.team_id
    where a.id = r.application_id and folded(concat(r.client_name, a.name, t.name)) <> concat(r.client_name, a.name, t.name);

-- People by the words of their name and their email address, and by whose team they are in: so the index knows what one team has of a
-- word.
alter table member add column words tsvector not null
    generated always as (name_words(coalesce(name, '') || ' ' || email) || array_to_tsvector(array['=' || team_id])) stored;
create index member_by_words on member using gin (words);

-- The hosts of every address in a client's metadata, whatever it is registered for, without ports, in lower case.
create function metadata_hosts(metadata jsonb) returns text[] language sql immutable as $$
    select coalesce(array_agg(distinct lower(host)), '{}')
    from jsonb_path_query(metadata, 'strict $.** ? (@.type() == "string")') as texts (value),
        substring(value #>> '{}' from '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^/?#:]+)') as host
    where host is not null
$$;

alter table revision add column hosts text[] not null generated always as (metadata_hosts(metadata)) stored;
create index revision_by_host on revision using gin (hosts);

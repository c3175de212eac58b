-- As V050, with the client name where the stored candidate has it.
create or replace function request_words(request_application uuid, candidate text) returns tsvector language sql stable as $$
    select to_tsvector('simple', translate(concat_ws(' ', t.name, a.name,
        substring(candidate from '"clientName":"((?:[^"\\]|\\.)*)"'),
        (select string_agg(m[1], ' ') from regexp_matches(candidate, '://([^/?#"\\]+)', 'g') m)),
        '.-_:/@', '      '))
    from application a join team t on t.id = a.team_id
    where a.id = request_application
$$;

update request set words = request_words(application_id, candidate);

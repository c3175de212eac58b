-- Who has read that a request was rejected or withdrawn: until then the pages of its application say so.
create table request_read (
    request_id uuid not null references production_request on delete cascade,
    subject text not null,
    primary key (request_id, subject)
);

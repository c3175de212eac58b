-- What an application logs people in with: a kit's id, or 'other'; null where nobody has said.
alter table application add column framework text;

-- Which questions somebody has answered in a draft: an answer may be that nothing is wanted. Of earlier drafts nobody knows, so all count.
alter table draft add column answered text[] not null default '{client-name,redirect-uris,authentication,keys,userinfo,logout}';
alter table draft alter column answered set default '{}';

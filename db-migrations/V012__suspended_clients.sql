-- Each registration asks which clients its environment keeps out: there are few of them.
create index registration_suspended on registration (environment) where state = 'SUSPENDED';

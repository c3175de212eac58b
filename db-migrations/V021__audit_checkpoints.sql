-- The signed checkpoints of the last weeks, on their way to the directories of all nodes: the files there are what counts.
create table audit_checkpoint (
    number bigint primary key,
    at timestamptz not null,
    jws text not null
);

-- Invitations that were withdrawn within the last minutes, since their rows are gone: whom they were for is not flooded
-- by withdrawing and inviting again and again.
create table withdrawn_invitation (
    team_id uuid not null references team (id) on delete cascade,
    -- As in member.address.
    address text not null,
    -- When it was last sent again; null for one that was sent once.
    resent_at timestamptz,
    withdrawn_at timestamptz not null,
    primary key (team_id, address)
);

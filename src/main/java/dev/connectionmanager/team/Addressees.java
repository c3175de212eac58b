package dev.connectionmanager.team;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom the portal itself writes to about a team. Asks nobody's rights: what is learnt here goes into mails and the
 * trail of that team, never into an answer to somebody else.
 */
@ApplicationScoped
public class Addressees {
    private final Stores.TeamStore teams;
    private final Stores.MemberStore members;

    Addressees(Stores.TeamStore teams, Stores.MemberStore members) {
        this.teams = teams;
        this.members = members;
    }

    /** Empty where no team of this Team ID has access. */
    public Optional<Team> team(UUID id) {
        return teams.findByIdOptional(id);
    }

    /** The e-mail addresses of the owners who have joined. */
    public List<String> owners(UUID team) {
        return members.joined(team).stream()
                .filter(member -> member.role() == Role.OWNER)
                .map(Member::email)
                .toList();
    }
}

package dev.connectionmanager.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import java.util.List;
import java.util.Set;

/**
 * The team that somebody asks access for, exactly as typed. {@code null} means that it was not given.
 *
 * @param teamId the GUID that the applicant received
 * @param categories {@code national}, {@code supplier}, {@code local}
 * @param contact the e-mail address that the decision is sent to
 */
public record TeamRequestCandidate(String teamId, String name, List<String> categories, String contact) {
    private static final Set<String> MEMBERS = Set.of("team_id", "name", "categories", "contact");

    public TeamRequestCandidate {
        categories = categories == null ? List.of() : List.copyOf(categories);
    }

    /** Reads a JSON body. */
    public static Reading<TeamRequestCandidate> read(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = new TeamRequestCandidate(
                members.text("team_id"), members.text("name"), members.texts("categories"), members.text("contact"));
        members.refuseOthers(MEMBERS);
        return new Reading<>(candidate, members.violations());
    }
}

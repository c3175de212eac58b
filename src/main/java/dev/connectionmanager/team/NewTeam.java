package dev.connectionmanager.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import java.util.List;
import java.util.Set;

/**
 * The team that an operator gives access, exactly as typed. {@code null} means that it was not given.
 *
 * @param teamId the GUID that the applicant sent
 * @param categories {@code national}, {@code supplier}, {@code local}
 * @param ownerEmail the first owner's e-mail address
 */
public record NewTeam(String teamId, String name, List<String> categories, String ownerEmail) {
    private static final Set<String> MEMBERS = Set.of("team_id", "name", "categories", "owner_email");

    public NewTeam {
        categories = categories == null ? List.of() : List.copyOf(categories);
    }

    /** Reads a JSON body. */
    public static Reading<NewTeam> read(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = new NewTeam(
                members.text("team_id"),
                members.text("name"),
                members.texts("categories"),
                members.text("owner_email"));
        members.refuseOthers(MEMBERS);
        return new Reading<>(candidate, members.violations());
    }
}

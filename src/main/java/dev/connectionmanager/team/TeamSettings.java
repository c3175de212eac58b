package dev.connectionmanager.team;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import java.util.List;
import java.util.Set;

/**
 * What can be changed of a team, exactly as typed. {@code null} means that it was not given.
 *
 * @param categories {@code national}, {@code supplier}, {@code local}
 */
public record TeamSettings(String name, List<String> categories) {
    private static final Set<String> MEMBERS = Set.of("team_id", "name", "categories");

    public TeamSettings {
        categories = categories == null ? List.of() : List.copyOf(categories);
    }

    public static TeamSettings of(Team team) {
        return new TeamSettings(
                team.name(), team.categories().stream().map(Category::code).toList());
    }

    /**
     * Reads a JSON body.
     *
     * @param current the team that is changed: its Team ID may be sent back
     */
    public static Reading<TeamSettings> read(ObjectNode json, Team current) {
        var members = new JsonMembers(json);
        var candidate = new TeamSettings(members.text("name"), members.texts("categories"));
        members.refuseChanges(
                Set.of("team_id"),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("team_id", current.id().toString()));
        members.refuseOthers(MEMBERS);
        return new Reading<>(candidate, members.violations());
    }

    public ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode().put("name", name);
        categories.forEach(json.putArray("categories")::add);
        return json;
    }
}

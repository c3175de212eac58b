package dev.connectionmanager.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import dev.connectionmanager.policy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What somebody says of an application, exactly as typed. {@code null} means that it was not given.
 *
 * @param category {@code national}, {@code supplier} or {@code local}
 * @param applicationType {@code web} or {@code native}
 * @param contacts e-mail addresses; none when not given
 */
public record ApplicationCandidate(
        String name, String description, String category, String applicationType, List<String> contacts) {
    private static final Set<String> MEMBERS =
            Set.of("name", "description", "category", "application_type", "contacts");
    private static final Set<String> READ_ONLY = Set.of("id", "team_id", "created_at");

    public ApplicationCandidate {
        contacts = contacts == null ? List.of() : List.copyOf(contacts);
    }

    public static ApplicationCandidate of(Application.Details details) {
        return new ApplicationCandidate(
                details.name(),
                details.description(),
                details.category().code(),
                details.applicationType().code(),
                details.contacts());
    }

    /**
     * Reads a JSON body.
     *
     * @param current what only the portal sets, which may be sent back unchanged; empty for a new application
     */
    public static Reading read(ObjectNode json, ObjectNode current) {
        var members = new JsonMembers(json);
        var candidate = new ApplicationCandidate(
                members.text("name"),
                members.text("description"),
                members.text("category"),
                members.text("application_type"),
                members.texts("contacts"));
        members.refuseChanges(READ_ONLY, current);
        var known = new HashSet<>(MEMBERS);
        known.addAll(READ_ONLY);
        members.refuseOthers(known);
        return new Reading(candidate, members.violations());
    }

    public ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("description", Objects.requireNonNullElse(description, ""));
        json.put("category", category);
        json.put("application_type", applicationType);
        contacts.forEach(json.putArray("contacts")::add);
        return json;
    }

    /**
     * A body read.
     *
     * @param candidate what could be read
     * @param violations what could not
     */
    public record Reading(ApplicationCandidate candidate, Violations violations) {}
}

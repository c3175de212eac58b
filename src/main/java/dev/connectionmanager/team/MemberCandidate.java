package dev.connectionmanager.team;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import java.util.HashSet;
import java.util.Set;

/**
 * Who is to be in a team, exactly as typed. {@code null} means that it was not given.
 *
 * @param role {@code owner}, {@code admin} or {@code viewer}
 */
public record MemberCandidate(String email, String role) {
    private static final Set<String> READ_ONLY = Set.of("id", "state", "name");

    /** Reads the JSON body of an invitation. */
    public static Reading<MemberCandidate> read(ObjectNode json) {
        var members = new JsonMembers(json);
        return read(members, READ_ONLY, JsonNodeFactory.instance.objectNode(), members.text("email"));
    }

    /** Reads the JSON body of a change, in which the role alone may differ from what is. */
    public static Reading<MemberCandidate> read(ObjectNode json, Member current) {
        var readOnly = new HashSet<>(READ_ONLY);
        readOnly.add("email");
        var now = JsonNodeFactory.instance
                .objectNode()
                .put("id", current.id().toString())
                .put("state", current.state())
                .put("email", current.email());
        current.name().ifPresent(name -> now.put("name", name));
        return read(new JsonMembers(json), readOnly, now, current.email());
    }

    private static Reading<MemberCandidate> read(
            JsonMembers members, Set<String> readOnly, ObjectNode current, String email) {
        var candidate = new MemberCandidate(email, members.text("role"));
        members.refuseChanges(readOnly, current);
        var known = new HashSet<>(readOnly);
        known.addAll(Set.of("email", "role"));
        members.refuseOthers(known);
        return new Reading<>(candidate, members.violations());
    }
}

package dev.connectionmanager.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.registration.CandidateJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One setting as it is live and as it is asked for.
 *
 * @param member the metadata name
 * @param live its values now; empty for none
 * @param asked its values as they would be; empty for none
 */
record SideBySide(String member, List<String> live, List<String> asked) {

    /** All settings that either has, in the order in which they are asked for. */
    static List<SideBySide> of(Candidate live, Candidate asked) {
        var before = CandidateJson.toJson(live);
        var after = CandidateJson.toJson(asked);
        var members = new ArrayList<String>();
        after.fieldNames().forEachRemaining(members::add);
        before.fieldNames().forEachRemaining(member -> {
            if (!members.contains(member)) {
                members.add(member);
            }
        });
        return members.stream()
                .map(member -> new SideBySide(member, values(member, before), values(member, after)))
                .toList();
    }

    private static List<String> values(String member, ObjectNode metadata) {
        var value = metadata.path(member);
        if (value.isArray()) {
            var values = new ArrayList<String>();
            value.forEach(one -> values.add(one.asText()));
            return values;
        }
        return value.isMissingNode() ? List.of() : List.of(Words.valueName(member, value.asText()));
    }

    public String memberName() {
        return Words.fieldName(member);
    }

    public boolean differs() {
        return !Objects.equals(live, asked);
    }
}

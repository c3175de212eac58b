package dev.connectionmanager.metadata;

import java.util.List;
import java.util.stream.Stream;

/**
 * One difference between two revisions; where values only changed places, both lists are empty.
 *
 * @param member the metadata name: {@code redirect_uris}
 * @param removed the values that went; empty where something was added
 * @param added the values that came; empty where something was removed
 */
public record Change(String member, List<String> removed, List<String> added) {

    /** @param before {@link Candidate#EMPTY} for a first revision, all of which is new */
    public static List<Change> between(Candidate before, Candidate after) {
        return Stream.of(ClientMember.values())
                .filter(member -> !member.values(before).equals(member.values(after)))
                .map(member -> between(member, member.values(before), member.values(after)))
                .toList();
    }

    private static Change between(ClientMember member, List<String> before, List<String> after) {
        return new Change(member.code(), without(before, after), without(after, before));
    }

    private static List<String> without(List<String> values, List<String> others) {
        return values.stream().filter(value -> !others.contains(value)).toList();
    }
}

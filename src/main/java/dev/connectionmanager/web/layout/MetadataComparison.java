package dev.connectionmanager.web.layout;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One setting as it is live and as it is asked for.
 *
 * @param member the metadata name
 * @param live its values now; empty for none
 * @param asked its values as they would be; empty for none
 */
public record MetadataComparison(String member, List<String> live, List<String> asked) {

    /** All settings that either has, in the order in which they are asked for. */
    public static List<MetadataComparison> of(Candidate live, Candidate asked) {
        return Stream.of(ClientMember.values())
                .map(member -> new MetadataComparison(member.code(), said(member, live), said(member, asked)))
                .filter(setting -> !setting.live.isEmpty() || !setting.asked.isEmpty())
                .toList();
    }

    private static List<String> said(ClientMember member, Candidate candidate) {
        return member.values(candidate).stream()
                .map(value -> Labels.valueName(member.code(), value))
                .toList();
    }

    public String memberName() {
        return Labels.fieldName(member);
    }

    public boolean differs() {
        return !Objects.equals(live, asked);
    }
}

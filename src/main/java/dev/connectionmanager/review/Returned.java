package dev.connectionmanager.review;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.review.rules.Answers;
import java.util.List;
import java.util.Objects;

/**
 * What a request held when operators asked for changes.
 *
 * @param fields which members and answers they wanted changed
 */
public record Returned(Candidate candidate, Answers answers, List<String> fields) {
    public Returned {
        fields = List.copyOf(fields);
    }

    /** What the team has changed of the metadata since. */
    public List<Change> changes(Candidate now) {
        return Change.between(candidate, now);
    }

    /** Whether the team has changed this member or answer since. */
    public boolean changed(String field, Candidate asked, Answers now) {
        return ClientMember.ofCode(field)
                .map(member -> !member.values(candidate).equals(member.values(asked)))
                .orElseGet(() -> !Objects.equals(answer(field, answers), answer(field, now)));
    }

    private static String answer(String field, Answers answers) {
        return switch (field) {
            case "note" -> answers.note();
            case "conformance_reference" -> answers.conformanceReference();
            case "connection_agreement_reference" -> answers.connectionAgreementReference();
            case "private_key_jwt_planned_for" -> answers.privateKeyJwtPlannedFor();
            default -> null;
        };
    }
}

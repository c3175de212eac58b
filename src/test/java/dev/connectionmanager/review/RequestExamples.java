package dev.connectionmanager.review;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.RequestRules;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What breaks the rules on requests, for the catalogue of all rules. */
public final class RequestExamples {
    private RequestExamples() {}

    public static Stream<Violations> all() {
        return Stream.of(
                RequestRules.check(new Answers("with\u0000zero", "two\nlines", "C-1", "soon")),
                RequestRules.checkPlanned(
                        Answers.NONE, new Answers(null, null, null, "2026-12-31"), LocalDate.parse("2027-01-01")),
                RequestRules.checkComplete(Answers.NONE),
                RequestRules.checkText("comment", "comment", " "),
                new Reviews.Decision("maybe", "No", List.of()).check(),
                new Reviews.Decision("request-changes", "No", List.of("jwks_uri", "colour")).check(),
                new Violations(List.of(Violation.of("assignee", Rule.REQUEST_ASSIGNEE_INVALID))));
    }
}

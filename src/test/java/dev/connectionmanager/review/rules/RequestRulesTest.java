package dev.connectionmanager.review.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.review.Reviews;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-             | -          | -    | -          | ",
                "All is well   | CERT 2026  | CA/1 | 2027-03-31 | ",
                "All is fine   | CERT       | CA   | 2027-02-28 | ",
                "-             | ''         | CA   | -          | conformance_reference request-reference-invalid",
                "-             | -          | ' '  | -          | connection_agreement_reference request-reference-invalid",
                "-             | -          | -    | 31/03/2027 | private_key_jwt_planned_for request-date-invalid",
                "-             | -          | -    | 2027-02-30 | private_key_jwt_planned_for request-date-invalid",
                "-             | -          | -    | ''         | private_key_jwt_planned_for request-date-invalid",
            })
    void judgesWhatIsSaidBesideTheMetadata(
            String note, String conformance, String agreement, String planned, String expected) {
        assertThat(codes(RequestRules.check(new Answers(note, conformance, agreement, planned))))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 2027-01-01, true",
                "-, 2026-12-31, false",
                "2026-12-30, 2026-12-31, false",
                "2026-12-30, 2026-12-30, true",
                "2026-12-30, -, true",
                "-, never, true"
            })
    void aPlannedDateThatIsTypedAnewLiesAhead(String before, String after, boolean taken) {
        var found = RequestRules.checkPlanned(
                new Answers(null, null, null, before),
                new Answers(null, null, null, after),
                LocalDate.parse("2027-01-01"));
        assertThat(codes(found))
                .isEqualTo(taken ? List.of() : List.of("private_key_jwt_planned_for request-date-past"));
    }

    @Test
    void refusesTextThatNobodyCanReadOrKeep() {
        for (var text : List.of("zero\u0000", "turned\u202e", "lone\ud800", "x".repeat(4_001))) {
            assertThat(codes(RequestRules.check(new Answers(text, null, null, null))))
                    .as(text)
                    .containsExactly("note request-text-invalid");
            assertThat(codes(RequestRules.checkText("comment", "comment", text)))
                    .containsExactly("comment request-text-invalid");
        }
        assertThat(codes(RequestRules.checkText("comment", "comment", " \n")))
                .containsExactly("comment request-text-required");
        assertThat(RequestRules.checkText("comment", "comment", "x".repeat(4_000))
                        .block())
                .isFalse();
    }

    @Test
    void wantsBothReferencesOnSubmission() {
        assertThat(codes(RequestRules.checkComplete(new Answers(null, "C", null, null))))
                .containsExactly("connection_agreement_reference request-reference-required");
        assertThat(codes(RequestRules.checkComplete(new Answers(null, null, "A", null))))
                .containsExactly("conformance_reference request-reference-required");
        assertThat(RequestRules.checkComplete(new Answers(null, "C", "A", null)).all())
                .isEmpty();
    }

    @Test
    void wantsAReasonForAllButApproval() {
        assertThat(new Reviews.Decision("approve", null, List.of()).check().block())
                .isFalse();
        assertThat(codes(new Reviews.Decision("approve", "\u0000", List.of()).check()))
                .containsExactly("comment request-text-invalid");
        for (var outcome : List.of("reject", "request-changes")) {
            assertThat(codes(new Reviews.Decision(outcome, null, List.of()).check()))
                    .containsExactly("comment request-text-required");
        }
        assertThat(codes(new Reviews.Decision("submit", "x", List.of()).check()))
                .containsExactly("outcome request-outcome-invalid");
        assertThat(codes(new Reviews.Decision("request-changes", "x", List.of("note", "id")).check()))
                .containsExactly("fields/1 request-field-unknown");
    }

    private static List<String> codes(Violations found) {
        return found.all().stream().map(RequestRulesTest::code).toList();
    }

    private static String code(Violation violation) {
        return violation.path() + " " + violation.rule().code();
    }
}

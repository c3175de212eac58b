package dev.connectionmanager.review.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.CheckStep;
import dev.connectionmanager.verification.probe.EndpointObservation;
import dev.connectionmanager.wording.RuleSentences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadinessRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Candidate SECRET = Candidate.EMPTY
            .withRedirectUris(List.of("https://app.supplier.co.uk/cb"))
            .withAuthentication("client_secret_basic", null, null);
    private static final Candidate KEYS = SECRET.withAuthentication(
                    "private_key_jwt", "RS256", "https://app.supplier.co.uk/jwks")
            .withBackchannelLogout("https://app.supplier.co.uk/logout", null);
    private static final Violations BROKEN =
            new Violations(List.of(Violation.of("redirect_uris/0", Rule.REDIRECT_URI_FRAGMENT)));
    private static final Violations WARNING =
            new Violations(List.of(Violation.of("redirect_uris/0", Rule.REDIRECT_URI_NO_PATH)));

    private final List<ReadinessTask> seen = new ArrayList<>();

    private static ReadinessRules.Facts facts(Candidate candidate, Answers answers, List<CheckReport> reports) {
        return facts(candidate, Violations.NONE, answers, reports, 1, false, Optional.empty());
    }

    private static ReadinessRules.Facts facts(
            Candidate candidate,
            Violations rules,
            Answers answers,
            List<CheckReport> reports,
            int owners,
            boolean keyProven,
            Optional<Instant> attested) {
        var live = new Violations(reports.stream()
                .flatMap(report -> report.violations().all().stream())
                .toList());
        return new ReadinessRules.Facts(candidate, rules, reports, live, answers, owners, keyProven, attested, NOW);
    }

    private static CheckReport report(String field, Instant notAfter, Rule... found) {
        var findings =
                Stream.of(found).map(rule -> Violation.of(field, rule, "x")).toList();
        var certificate = new EndpointObservation.Certificate(
                "CN=a", "CN=b", NOW.minusSeconds(31_536_000), notAfter, List.of(), "00");
        var saw = new EndpointObservation(
                "192.0.2.1",
                443,
                "TLSv1.3",
                "x",
                List.of(certificate),
                "00",
                200,
                null,
                null,
                new EndpointObservation.Times(1L, 1L, 1L, 1L));
        return new CheckReport(
                field,
                "https://app.supplier.co.uk/x",
                NOW,
                List.of(new CheckStep(CheckStep.Name.CONTENT, CheckStep.State.PASSED, findings)),
                saw,
                List.of());
    }

    /** Of a look in which nothing was sent. */
    private static CheckReport connected(String field) {
        var report = report(field, FAR);
        return new CheckReport(
                field,
                report.uri(),
                NOW,
                List.of(new CheckStep(CheckStep.Name.TLS, CheckStep.State.PASSED, List.of())),
                report.seen(),
                List.of());
    }

    private static final Instant FAR = NOW.plusSeconds(90 * 86_400);

    private String tasks(ReadinessRules.Facts facts) {
        var tasks = ReadinessRules.check(facts);
        seen.addAll(tasks);
        return String.join(
                " ",
                tasks.stream()
                        .filter(task -> task.state() != ReadinessTask.State.COMPLETED)
                        .map(task -> task.code() + (task.blocks() ? "!" : ""))
                        .toList());
    }

    @Test
    void tellsABeginnerWhatThereIsToDo() {
        assertThat(tasks(facts(Candidate.EMPTY, BROKEN, Answers.NONE, List.of(), 1, false, Optional.empty())))
                .isEqualTo("rules.not-started! live-checks.cannot-start! conformance-reference.not-started!"
                        + " connection-agreement-reference.not-started! private-key-jwt.not-started"
                        + " backchannel-logout.not-started key-proven.cannot-start second-owner.not-started"
                        + " contacts-attested.not-started");
    }

    @Test
    void findsNothingToDoWhereAllIsDone() {
        var reports = List.of(report("jwks_uri", FAR), report("backchannel_logout_uri", FAR));
        assertThat(tasks(facts(
                        KEYS,
                        Violations.NONE,
                        new Answers(null, "C", "A", null),
                        reports,
                        2,
                        true,
                        Optional.of(NOW.minusSeconds(86_400)))))
                .isEmpty();
    }

    @Test
    void looksAtRulesAndLiveChecks() {
        var answers = new Answers(null, "C", "A", null);
        assertThat(tasks(facts(KEYS, BROKEN, answers, List.of(), 2, true, Optional.of(NOW))))
                .isEqualTo("rules.problem! live-checks.cannot-start! backchannel-logout.in-progress"
                        + " certificates.cannot-start");
        assertThat(tasks(facts(KEYS, answers, List.of())))
                .contains("live-checks.not-started!", "key-proven.not-started", "certificates.cannot-start");
        assertThat(tasks(facts(KEYS, answers, List.of(report("jwks_uri", FAR, Rule.JWKS_MALFORMED)))))
                .contains("live-checks.problem!");
        assertThat(tasks(facts(SECRET, answers, List.of()))).doesNotContain("live-checks", "certificates");
    }

    @Test
    void countsWhatBlocksAndWhatWarnsApart() {
        var both = BROKEN.and(WARNING);
        tasks(facts(
                SECRET, both.and(BROKEN), new Answers(null, "C", "A", null), List.of(), 2, false, Optional.empty()));
        assertThat(seen)
                .filteredOn(task -> task.state() == ReadinessTask.State.PROBLEM)
                .extracting(task -> task.code() + " " + String.join(" ", task.arguments()))
                .containsExactly("rules.problem 2", "no-warnings.problem 1");
    }

    @Test
    void looksAtLogoutWarningsAndCertificates() {
        var answers = new Answers(null, "C", "A", null);
        assertThat(tasks(facts(
                        KEYS,
                        answers,
                        List.of(
                                report("jwks_uri", FAR),
                                report(
                                        "backchannel_logout_uri",
                                        NOW.plusSeconds(86_400),
                                        Rule.LOGOUT_RESPONSE_STATUS)))))
                .contains("backchannel-logout.problem", "no-warnings.problem", "certificates.problem")
                .doesNotContain("live-checks");
        assertThat(tasks(facts(SECRET, WARNING, answers, List.of(), 2, false, Optional.empty())))
                .contains("no-warnings.problem")
                .doesNotContain("rules");
    }

    @Test
    void countsLogoutAsWorkingOnlyWhenARequestWasSent() {
        var answers = new Answers(null, "C", "A", null);
        assertThat(tasks(facts(KEYS, answers, List.of(report("jwks_uri", FAR), connected("backchannel_logout_uri")))))
                .contains("backchannel-logout.in-progress")
                .doesNotContain("certificates", "live-checks");
        assertThat(tasks(facts(KEYS, answers, List.of(report("jwks_uri", FAR), report("backchannel_logout_uri", FAR)))))
                .doesNotContain("backchannel-logout");
    }

    @Test
    void takesAPlanForPrivateKeyJwtUntilItsDate() {
        assertThat(tasks(facts(SECRET, new Answers(null, "C", "A", "2026-11-24"), List.of())))
                .contains("private-key-jwt.in-progress");
        assertThat(seen).extracting(RuleSentences::of).contains("Planned for 24 November 2026.");
        assertThat(tasks(facts(SECRET, new Answers(null, "C", "A", "2026-11-23"), List.of())))
                .contains("private-key-jwt.problem");
    }

    @Test
    void forgetsAnOldAttestation() {
        var answers = new Answers(null, "C", "A", null);
        for (var at : List.of(NOW.minusSeconds(184 * 86_400), NOW.minusSeconds(183 * 86_400))) {
            assertThat(tasks(facts(SECRET, Violations.NONE, answers, List.of(), 2, false, Optional.of(at))))
                    .contains("contacts-attested.not-started");
        }
        assertThat(tasks(facts(
                        SECRET,
                        Violations.NONE,
                        answers,
                        List.of(),
                        2,
                        false,
                        Optional.of(NOW.minusSeconds(182 * 86_400)))))
                .doesNotContain("contacts-attested");
    }

    /** Every state that any of the facts above lead to can be said. */
    @Test
    void saysEveryTaskInWords() {
        tellsABeginnerWhatThereIsToDo();
        findsNothingToDoWhereAllIsDone();
        looksAtRulesAndLiveChecks();
        looksAtLogoutWarningsAndCertificates();
        takesAPlanForPrivateKeyJwtUntilItsDate();
        assertThat(seen).allSatisfy(task -> {
            assertThat(RuleSentences.of(task)).isNotBlank().doesNotContain("{");
            assertThat(RuleSentences.title(task)).isNotBlank();
        });
        // And nothing else is said.
        var sentences = ResourceBundle.getBundle("dev.connectionmanager.wording.review", Locale.ROOT).keySet().stream()
                .filter(key -> key.matches("readiness\\..*\\..*"))
                .map(key -> key.substring("readiness.".length()))
                .toList();
        assertThat(seen.stream().map(ReadinessTask::code).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(sentences);
    }
}

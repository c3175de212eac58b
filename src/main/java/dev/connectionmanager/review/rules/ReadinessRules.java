package dev.connectionmanager.review.rules;

import static dev.connectionmanager.review.rules.ReadinessTask.State.CANNOT_START;
import static dev.connectionmanager.review.rules.ReadinessTask.State.COMPLETED;
import static dev.connectionmanager.review.rules.ReadinessTask.State.IN_PROGRESS;
import static dev.connectionmanager.review.rules.ReadinessTask.State.NOT_STARTED;
import static dev.connectionmanager.review.rules.ReadinessTask.State.PROBLEM;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.review.rules.ReadinessTask.Kind;
import dev.connectionmanager.verification.certificate.CertificateRules;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.EndpointObservation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How ready an application is for production: what stops it, and what its team would be wise to do. */
public final class ReadinessRules {
    private final Facts facts;

    private ReadinessRules(Facts facts) {
        this.facts = facts;
    }

    /**
     * What is known of an application on its way.
     *
     * @param candidate what is, or would be, asked for
     * @param rules what the rules say of it
     * @param reports of the latest check of its endpoints
     * @param live what these reports mean for it
     * @param answers what the team says beside it
     * @param owners how many the team has
     * @param keyProven whether the team has proven that it holds the registered key; empty where nobody can know
     * @param attested when an owner last confirmed members and contacts; empty for never
     */
    public record Facts(
            Candidate candidate,
            Violations rules,
            List<CheckReport> reports,
            Violations live,
            Answers answers,
            int owners,
            boolean keyProven,
            Optional<Instant> attested,
            Instant now) {}

    /** In the order of a task list: what blocks comes first. */
    public static List<ReadinessTask> check(Facts facts) {
        var rules = new ReadinessRules(facts);
        var tasks = new ArrayList<ReadinessTask>();
        tasks.add(rules.rules());
        tasks.add(rules.liveChecks());
        tasks.add(reference(Kind.CONFORMANCE_REFERENCE, facts.answers.conformanceReference()));
        tasks.add(reference(Kind.CONNECTION_AGREEMENT_REFERENCE, facts.answers.connectionAgreementReference()));
        tasks.add(rules.privateKeyJwt());
        tasks.add(rules.logout());
        tasks.add(rules.keyProven());
        tasks.add(ReadinessTask.of(Kind.SECOND_OWNER, facts.owners > 1 ? COMPLETED : NOT_STARTED));
        tasks.add(rules.attested());
        tasks.add(rules.warnings());
        tasks.add(rules.certificates());
        return List.copyOf(tasks);
    }

    private ReadinessTask rules() {
        if (!facts.rules.block()) {
            return ReadinessTask.of(Kind.RULES, COMPLETED);
        }
        var begun = facts.candidate.redirectUris() != null || facts.candidate.tokenEndpointAuthMethod() != null;
        return begun
                ? ReadinessTask.of(
                        Kind.RULES,
                        PROBLEM,
                        Long.toString(facts.rules.all().size()
                                - facts.rules.warnings().all().size()))
                : ReadinessTask.of(Kind.RULES, NOT_STARTED);
    }

    private ReadinessTask liveChecks() {
        if (facts.live.block()) {
            return ReadinessTask.of(Kind.LIVE_CHECKS, PROBLEM);
        }
        if (facts.rules.block()) {
            return ReadinessTask.of(Kind.LIVE_CHECKS, CANNOT_START);
        }
        return ReadinessTask.of(Kind.LIVE_CHECKS, endpoints() <= facts.reports.size() ? COMPLETED : NOT_STARTED);
    }

    private int endpoints() {
        return (facts.candidate.jwksUri() == null ? 0 : 1) + (facts.candidate.backchannelLogoutUri() == null ? 0 : 1);
    }

    private static ReadinessTask reference(Kind kind, String reference) {
        return ReadinessTask.of(kind, reference == null ? NOT_STARTED : COMPLETED);
    }

    private ReadinessTask privateKeyJwt() {
        if (usesKeys()) {
            return ReadinessTask.of(Kind.PRIVATE_KEY_JWT, COMPLETED);
        }
        var planned = facts.answers.privateKeyJwtPlannedFor();
        var date = planned == null ? null : RequestRules.date(planned);
        if (date == null) {
            return ReadinessTask.of(Kind.PRIVATE_KEY_JWT, NOT_STARTED);
        }
        var past = date.isBefore(LocalDate.ofInstant(facts.now, ZoneOffset.UTC));
        return ReadinessTask.of(Kind.PRIVATE_KEY_JWT, past ? PROBLEM : IN_PROGRESS, planned);
    }

    private boolean usesKeys() {
        return TokenEndpointAuthMethod.PRIVATE_KEY_JWT.code().equals(facts.candidate.tokenEndpointAuthMethod());
    }

    private ReadinessTask logout() {
        if (facts.candidate.backchannelLogoutUri() == null) {
            return ReadinessTask.of(Kind.BACKCHANNEL_LOGOUT, NOT_STARTED);
        }
        var report = facts.reports.stream()
                .filter(seen -> seen.field().equals(ClientEndpoint.BACKCHANNEL_LOGOUT.member()))
                .findFirst();
        if (report.isEmpty()) {
            return ReadinessTask.of(Kind.BACKCHANNEL_LOGOUT, IN_PROGRESS);
        }
        // That a connection can be made tells nothing of what the endpoint does with a request.
        var content = report.get().content();
        if (report.get().blocks()
                || content.filter(step -> !step.findings().isEmpty()).isPresent()) {
            return ReadinessTask.of(Kind.BACKCHANNEL_LOGOUT, PROBLEM);
        }
        return ReadinessTask.of(Kind.BACKCHANNEL_LOGOUT, content.isPresent() ? COMPLETED : IN_PROGRESS);
    }

    private ReadinessTask keyProven() {
        if (!usesKeys()) {
            return ReadinessTask.of(Kind.KEY_PROVEN, CANNOT_START);
        }
        return ReadinessTask.of(Kind.KEY_PROVEN, facts.keyProven ? COMPLETED : NOT_STARTED);
    }

    private ReadinessTask attested() {
        // Six months, as attestations are asked for.
        var lately = facts.attested
                .filter(at -> at.isAfter(facts.now.minus(Duration.ofDays(183))))
                .isPresent();
        return ReadinessTask.of(Kind.CONTACTS_ATTESTED, lately ? COMPLETED : NOT_STARTED);
    }

    private ReadinessTask warnings() {
        var open = facts.rules.warnings().and(facts.live.warnings()).all().size();
        return open == 0
                ? ReadinessTask.of(Kind.NO_WARNINGS, COMPLETED)
                : ReadinessTask.of(Kind.NO_WARNINGS, PROBLEM, Integer.toString(open));
    }

    private ReadinessTask certificates() {
        var seen = facts.reports.stream()
                .flatMap(report -> report.seen().chain().stream())
                .toList();
        if (seen.isEmpty()) {
            return ReadinessTask.of(Kind.CERTIFICATES, endpoints() == 0 ? COMPLETED : CANNOT_START);
        }
        return seen.stream()
                .filter(this::endsSoon)
                .map(certificate -> certificate.notAfter())
                .min(Comparator.naturalOrder())
                .map(first -> ReadinessTask.of(
                        Kind.CERTIFICATES,
                        PROBLEM,
                        LocalDate.ofInstant(first, ZoneOffset.UTC).toString()))
                .orElseGet(() -> ReadinessTask.of(Kind.CERTIFICATES, COMPLETED));
    }

    private boolean endsSoon(EndpointObservation.Certificate certificate) {
        var attention = CertificateRules.needsAttentionFrom(certificate.notBefore(), certificate.notAfter())
                .orElse(certificate.notAfter());
        return !facts.now.isBefore(attention);
    }
}

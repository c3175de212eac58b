package dev.connectionmanager.endpoint;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.verification.certificate.CertificateRules;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.EndpointObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a team is told of its endpoints. An endpoint broke when two checks in a row fail, at least five minutes apart: a
 * single failure may be chance and is reported to nobody. It recovered with the first check that passes after that. Of a
 * certificate that ends, the team is told 90, 60, 30, 15, 7 and 1 days before; each once, and after a pause of the checks
 * the tightest alone; not when the next is near. A certificate that never had more days than that to live is none to tell
 * of: who renews every 60 days knows.
 */
final class HealthRules {
    /** Of the second check from the first. */
    static final Duration APART = Duration.ofMinutes(5);
    /** A check that failed for the first time is repeated so much later. */
    static final Duration SECOND_LOOK = APART.multipliedBy(2);

    /** Of what ends within a week every day counts. */
    private static final int URGENT = 7;

    private HealthRules() {}

    /** @param notices what the team is to be told of it, for the first time */
    record Development(Health health, List<EndpointNotice.Kind> notices) {}

    /** @param before what was known; {@code null} for nothing */
    static Development after(Health before, CheckReport report) {
        var known = before != null && before.uri().equals(report.uri()) ? before : Health.unknown(report.uri());
        if (!report.at().isAfter(known.checkedAt())) {
            // Two checked at the same time, and the later one was faster.
            return new Development(known, List.of());
        }
        var notices = new ArrayList<EndpointNotice.Kind>();
        var told = certificate(known, report, notices);
        return new Development(fails(report) ? failed(told, report, notices) : passed(told, report, notices), notices);
    }

    /** What it answers to a request tells only whoever sends one: by the clock nothing is sent. */
    private static boolean fails(CheckReport report) {
        return faults(report).findAny().isPresent();
    }

    private static Stream<Violation> faults(CheckReport report) {
        return report.violations().all().stream()
                .filter(found -> found.blocks() && found.rule() != Rule.LOGOUT_ENDPOINT_FAILS);
    }

    /** The tightest threshold that a certificate has passed; empty for none. */
    static Optional<Integer> threshold(Instant begins, Instant ends, Instant now) {
        return CertificateRules.DAYS.stream()
                .filter(days ->
                        now.isBefore(ends) && !now.plus(Duration.ofDays(days)).isBefore(ends))
                .findFirst()
                .filter(days -> begins.plus(Duration.ofDays(days)).isBefore(ends))
                .filter(days -> !nearlyNext(days, Duration.between(now, ends)));
    }

    /** Whether the next letter is so near that one for this threshold would say another number of days than people expect. */
    private static boolean nearlyNext(int days, Duration left) {
        if (days <= URGENT) {
            return false;
        }
        var next = CertificateRules.DAYS.get(CertificateRules.DAYS.indexOf(days) - 1);
        return left.compareTo(
                        Duration.ofDays(next).plus(Duration.ofDays(days - next).dividedBy(4)))
                < 0;
    }

    private static Health failed(Health known, CheckReport report, List<EndpointNotice.Kind> notices) {
        var since = known.failing() ? known.failingSince() : report.at();
        var broken = known.broken() || !report.at().isBefore(since.plus(APART));
        if (broken && !known.broken()) {
            notices.add(EndpointNotice.Kind.ENDPOINT_BROKEN);
        }
        var fault = faults(report).findFirst().orElseThrow();
        return known.with(now -> now.checkedAt(report.at())
                .failingSince(since)
                .fault(fault.rule().code())
                .broken(broken));
    }

    private static Health passed(Health known, CheckReport report, List<EndpointNotice.Kind> notices) {
        if (known.broken()) {
            notices.add(EndpointNotice.Kind.ENDPOINT_RECOVERED);
        }
        return known.with(
                now -> now.checkedAt(report.at()).failingSince(null).fault(null).broken(false));
    }

    private static Health certificate(Health known, CheckReport report, List<EndpointNotice.Kind> notices) {
        if (report.seen().chain().isEmpty()) {
            return known;
        }
        var leaf = report.seen().chain().get(0);
        var ends = ends(leaf, report);
        var threshold = threshold(leaf.notBefore(), ends, report.at());
        var told =
                threshold.isPresent() && ends.equals(known.notifiedEnds()) && known.notifiedDays() <= threshold.get();
        var attention =
                CertificateRules.needsAttentionFrom(leaf.notBefore(), ends).orElse(ends);
        var seen = known.with(now -> now.certificateEnds(ends).certificateAttention(attention));
        if (threshold.isEmpty() || told) {
            return seen;
        }
        notices.add(EndpointNotice.Kind.CERTIFICATE_EXPIRES_SOON);
        return seen.with(now -> now.notifiedEnds(ends).notifiedDays(threshold.get()));
    }

    /** The server's own certificate, or one above it that ends before. */
    private static Instant ends(EndpointObservation.Certificate leaf, CheckReport report) {
        var soon = CertificateRules.endingSoon(report.violations());
        return Stream.concat(Stream.of(leaf.notAfter()), soon)
                .min(Instant::compareTo)
                .orElseThrow();
    }
}

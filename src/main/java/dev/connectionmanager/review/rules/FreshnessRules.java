package dev.connectionmanager.review.rules;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.verification.probe.CheckReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the live checks of a request are recent enough for an approval to rest on them. */
public final class FreshnessRules {
    /** An approval does not rest on a check that is older. Policy. */
    private static final Duration FRESH = Duration.ofHours(24);

    private FreshnessRules() {}

    /**
     * @param live what is registered: an endpoint that stays as it is need not be checked
     * @return the refusal of an approval that rests on them; empty where they are recent enough
     */
    public static Optional<Refusal.Conflict> tooOld(
            Candidate candidate, Candidate live, List<CheckReport> reports, Instant now) {
        return Stream.of(ClientEndpoint.values())
                .filter(endpoint -> endpoint.uri(candidate) != null && endpoint.changed(candidate, live))
                .filter(endpoint -> reports.stream()
                        .noneMatch(report -> report.field().equals(endpoint.member())
                                && report.uri().equals(endpoint.uri(candidate))
                                && report.at().isAfter(now.minus(FRESH))))
                .map(endpoint -> new Refusal.Conflict(Reason.LIVE_CHECK_TOO_OLD, endpoint.member()))
                .findFirst();
    }
}

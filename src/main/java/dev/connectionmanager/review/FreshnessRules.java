package dev.connectionmanager.review;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.registration.ProductionRegistrations;
import dev.connectionmanager.verification.CheckReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the live checks of a request are recent enough for an approval to rest on them. */
final class FreshnessRules {
    /** An approval does not rest on a look that is older. Policy. */
    private static final Duration FRESH = Duration.ofHours(24);

    private FreshnessRules() {}

    /**
     * @param live what is registered: an endpoint that stays as it is need not be looked at
     * @return the refusal of an approval that rests on them; empty where they are recent enough
     */
    static Optional<Refusal.Conflict> tooOld(
            Candidate candidate, Candidate live, List<CheckReport> reports, Instant now) {
        return missing("jwks_uri", candidate.jwksUri(), candidate, live, reports, now)
                .or(() -> missing(
                        "backchannel_logout_uri", candidate.backchannelLogoutUri(), candidate, live, reports, now))
                .map(member -> new Refusal.Conflict(Reason.LIVE_CHECK_TOO_OLD, member));
    }

    private static Optional<String> missing(
            String member, String uri, Candidate candidate, Candidate live, List<CheckReport> reports, Instant now) {
        if (uri == null || !ProductionRegistrations.endpointChanges(member, candidate, live)) {
            return Optional.empty();
        }
        var fresh = reports.stream()
                .anyMatch(report -> report.field().equals(member)
                        && report.uri().equals(uri)
                        && report.at().isAfter(now.minus(FRESH)));
        return fresh ? Optional.empty() : Optional.of(member);
    }
}

package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Standing;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Roster;
import dev.connectionmanager.team.Team;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request with all that there is to know for deciding about it.
 *
 * @param tag its entity tag, as in the header
 * @param candidate what is asked, with the application's name and type where nothing was given; where no rule blocks it, as
 *     it would be registered
 * @param live what is registered in production; empty before the first approval
 * @param compared what it is compared with: live; where nothing is, the nearest Path-to-Live registration; else nothing. Of
 *     what has ended, as it was then
 * @param rules what the rules say of what is asked
 * @param seen what the reports of the live checks mean for it
 * @param changes against {@code compared}
 * @param risks the weightiest first
 * @param tooOld why an approval cannot rest on the live checks any more, and what to do; empty where it can
 * @param secretWaits whether an approved secret waits to be collected
 * @param known what it rests on
 */
public record RequestReview(
        ProductionRequest request,
        Application application,
        Team team,
        String tag,
        Candidate candidate,
        Optional<RegistrationSnapshot> live,
        Baseline compared,
        Violations rules,
        Violations seen,
        List<Change> changes,
        List<Risk> risks,
        List<ReadinessTask> readiness,
        Optional<Refusal.Conflict> tooOld,
        boolean secretWaits,
        Known known) {

    /**
     * What was read for it, once in each transaction: nothing of it changes under the application's lock but by this very act.
     *
     * @param attested when an owner last confirmed the team's members and contacts; empty for never
     */
    record Known(Standing standing, Roster roster, Optional<Instant> attested) {}

    /** Who has a hand in what this actor does to it now. */
    Contributors hands(Actor actor) {
        return new Contributors(actor, application.teamId(), known.roster().subjects());
    }

    /** Whether it is, or was, compared with what is live. */
    public boolean comparedWithLive() {
        return compared.in(request.environment());
    }

    /** Whether an approval would leave everything as it is. */
    public boolean changesNothing() {
        return comparedWithLive() && changes.isEmpty();
    }

    /** What rules and live checks say of the metadata, together. */
    public Violations found() {
        return rules.and(seen);
    }
}

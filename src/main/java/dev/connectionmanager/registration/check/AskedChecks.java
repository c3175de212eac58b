package dev.connectionmanager.registration.check;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.check.AskedCheck.Details;
import dev.connectionmanager.registration.check.AskedCheck.Subject;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Live checks that people ask for on pages. Endpoints may be slow: whoever asks is answered at once, by whichever node. */
@ApplicationScoped
public class AskedChecks {
    private static final long PAUSE_MILLIS = 50;

    private final Stores.AskedCheckStore store;
    private final AskedCheckRuns runs;
    private final Applications applications;
    private final List<CheckSubject> subjects;
    private final Clock clock;
    private final Duration wait;

    /** @param wait how long whoever asks waits for a quick result */
    AskedChecks(
            Stores.AskedCheckStore store,
            AskedCheckRuns runs,
            Applications applications,
            @All List<CheckSubject> subjects,
            Clock clock,
            @ConfigProperty(name = "connection-manager.checks.wait") Duration wait) {
        this.store = store;
        this.runs = runs;
        this.applications = applications;
        this.subjects = subjects;
        this.clock = clock;
        this.wait = wait;
    }

    /**
     * Asks for a check and waits a little for it. Asked for again while it runs, it is the same check.
     *
     * @return how far it is by then
     * @throws Refusal for whoever may not have it checked; and why nothing came of it, where that is known by then
     */
    public AskedCheck ask(Actor actor, Details details) {
        AskedCheckRuns.of(subjects, details.subject()).mustBeAllowed(actor, details);
        var id = QuarkusTransaction.requiringNew().call(() -> {
            var asked = store.unfinished(actor.subject(), details).orElseGet(() -> {
                var fresh = new AskedCheck(actor, details, clock.instant());
                store.persist(fresh);
                return fresh;
            });
            asked.leadTo(details.page());
            return asked.id();
        });
        runs.wake();
        var found = await(id);
        found.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        return found;
    }

    private AskedCheck await(UUID id) {
        var until = System.nanoTime() + wait.toNanos();
        var found = read(id);
        while (!found.ended() && System.nanoTime() < until) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = read(id);
        }
        return found;
    }

    private AskedCheck read(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> store.findById(id));
    }

    /**
     * How far a check is.
     *
     * @return empty for one that is not kept any more, or never was this application's
     * @throws Refusal.NotFound for an application of another team
     * @throws Refusal.NotAllowed for the check of a draft, to whoever may not see drafts
     */
    public Optional<AskedCheck> find(Actor actor, UUID applicationId, UUID id) {
        var application = applications.find(actor, applicationId);
        var found = QuarkusTransaction.requiringNew()
                .call(() -> store.findByIdOptional(id))
                .filter(asked -> asked.applicationId().equals(applicationId));
        if (found.filter(asked -> asked.subject() == Subject.DRAFT).isPresent()) {
            actor.mustBe(Role.ADMIN, application.teamId());
        }
        return found;
    }
}

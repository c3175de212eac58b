package dev.connectionmanager.registration;

import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.NewClients.NewClient;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Changes a registration and what its application says of itself as one whole, for those who know clients only. */
@ApplicationScoped
public class ClientChanges {
    private final Applications applications;
    private final Registrations registrations;

    ClientChanges(Applications applications, Registrations registrations) {
        this.applications = applications;
        this.registrations = registrations;
    }

    /**
     * Replaces both in a Path-to-Live environment, or neither. Rules, rights and trail are those of the two acts done apart,
     * {@link Applications#change} and {@link Registrations#put}. Blocks its thread for some 20 seconds at most, and must not be
     * called inside a transaction.
     *
     * @param read what the caller has read, and replaces
     * @return the registration with its application, the secret if one is due, and all warnings
     * @throws Refusal.Rejected with every finding about either
     * @throws Refusal.Stale when what is replaced is not as it was read
     * @throws Refusal as of the two acts
     */
    public RegistrationResult replace(Actor actor, RegistrationSnapshot read, Parsed<NewClient> sent) {
        var before = read.application();
        var application = sent.map(NewClient::application);
        var client = sent.map(NewClient::client);
        if (ApplicationCandidate.of(before.details()).equals(application.candidate())) {
            return put(actor, read, client, written -> {});
        }
        var judged = new Parsed<>(client.candidate(), applications.judge(actor, before.teamId(), application));
        var changed = new AtomicReference<>(before);
        var result = put(
                actor,
                read,
                judged,
                written -> changed.set(applications.change(
                        actor, before.id(), now -> application, Precondition.matching(before.tag()))));
        return result.of(changed.get());
    }

    private RegistrationResult put(
            Actor actor, RegistrationSnapshot read, Parsed<Candidate> client, Consumer<RegistrationResult> alongside) {
        return registrations.put(
                actor,
                read.application().id(),
                read.registration().environment(),
                current -> client,
                Precondition.matching(read.tag()),
                alongside);
    }
}

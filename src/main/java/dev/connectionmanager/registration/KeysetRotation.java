package dev.connectionmanager.registration;

import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.credential.ClientSecrets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Seals client secrets anew once the keyset has another primary key, so that the operator can take the key before it away, and makes the
 * fingerprints that an earlier version did not. All nodes do it, each with what the others have not locked.
 */
@Singleton
class KeysetRotation {
    private static final Logger LOG = Logger.getLogger(KeysetRotation.class);
    private static final int AT_ONCE = 100;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final ClientSecrets secrets;
    private final Stores.RegistrationStore registrations;

    KeysetRotation(ClientSecrets secrets, Stores.RegistrationStore registrations) {
        this.secrets = secrets;
        this.registrations = registrations;
    }

    /** Seals all that is sealed with another key, and says in the log how many there were and how many cannot be opened. */
    @Scheduled(
            identity = "keyset-rotation",
            every = "1h",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sealAnew() {
        var done = new Batch(BEFORE_ALL, 0, 0, 0);
        do {
            var before = done;
            done = QuarkusTransaction.requiringNew().call(() -> next(before));
        } while (done.found() == AT_ONCE);
        if (done.sealed() > 0) {
            LOG.infof("%d client secrets were sealed anew with the keyset's primary key", done.sealed());
        }
        if (done.unopened() > 0) {
            LOG.errorf(
                    "%d client secrets cannot be opened, since the key that sealed them is not in the keyset: put it back",
                    done.unopened());
        }
    }

    private Batch next(Batch before) {
        var found = secrets.sealedWithAnotherKey(before.last(), AT_ONCE);
        var sealed = (int) found.stream().filter(this::sealAnew).count();
        return new Batch(
                found.isEmpty() ? before.last() : last(found).id(),
                found.size(),
                before.sealed() + sealed,
                before.unopened() + found.size() - sealed);
    }

    private boolean sealAnew(ClientSecret secret) {
        var registration = registrations.findById(secret.registrationId());
        return secrets.sealAnew(secret, registration.clientId(), registration.environment());
    }

    private static ClientSecret last(List<ClientSecret> found) {
        return found.get(found.size() - 1);
    }

    /** @param last the id up to which secrets were read */
    private record Batch(UUID last, int found, int sealed, int unopened) {}
}

package dev.connectionmanager.registration;

import dev.connectionmanager.credential.ClientSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Knows client secrets again that somebody sends in a text. */
@ApplicationScoped
public class IssuedSecrets {
    private static final int MADE_AT_ONCE = 500;

    private final ClientSecrets secrets;
    private final Stores.RegistrationStore registrations;

    IssuedSecrets(ClientSecrets secrets, Stores.RegistrationStore registrations) {
        this.secrets = secrets;
        this.registrations = registrations;
    }

    /**
     * Which of these texts are client secrets of the portal that work now. Makes the fingerprints in passing that are missing.
     *
     * @param texts as secrets are issued: GUIDs in lower case
     */
    @Transactional
    public Set<String> among(Collection<String> texts) {
        var missing = secrets.withoutFingerprint(MADE_AT_ONCE);
        while (!missing.isEmpty()) {
            for (var secret : missing) {
                var registration = registrations.findById(secret.registrationId());
                secrets.makeFingerprint(secret, registration.clientId(), registration.environment());
            }
            missing = missing.size() < MADE_AT_ONCE ? List.of() : secrets.withoutFingerprint(MADE_AT_ONCE);
        }
        return secrets.working(texts);
    }
}

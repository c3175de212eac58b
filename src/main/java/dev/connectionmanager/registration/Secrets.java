package dev.connectionmanager.registration;

import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The acts on the client secrets of a registration. */
@ApplicationScoped
public class Secrets {
    private final Registrations registrations;
    private final ClientSecrets secrets;
    private final RegistrationTrail trail;

    Secrets(Registrations registrations, ClientSecrets secrets, RegistrationTrail trail) {
        this.registrations = registrations;
        this.secrets = secrets;
        this.trail = trail;
    }

    /** Those that are live: what may be known of them, which is never the secret. */
    public List<ClientSecret> live(Actor actor, UUID applicationId, String environment) {
        return secrets.live(registrations
                .find(actor, applicationId, environment)
                .registration()
                .id());
    }

    /**
     * Issues a new secret; the old one ends after the overlap.
     *
     * @param overlap from zero, which revokes the old at once, to {@link ClientSecrets#LONGEST_OVERLAP}
     * @param formId which form asks, so that it is answered once; {@code null} for other edges
     * @throws Refusal.Conflict for a mechanism without secrets, with two live ones, or for a form answered before
     */
    @Transactional
    public ClientSecrets.Issued rotate(
            Actor actor, UUID applicationId, String environment, Duration overlap, UUID formId) {
        var registered = registrations.lock(actor, applicationId, environment);
        if (!registered.metadata().tokenEndpointAuthMethod().usesSecret()) {
            throw new Refusal.Conflict("A client that authenticates with private_key_jwt has no secret.");
        }
        if (formId != null && secrets.answered(formId)) {
            throw new Refusal.Conflict("This secret has been issued and shown already.");
        }
        var registration = registered.registration();
        var issued = secrets.rotate(registration.id(), registration.clientId(), environment, overlap, formId);
        trail.write(actor, registered, "client-secret-rotated", null, RegistrationTrail.of(issued.metadata()));
        return issued;
    }

    /** Whether this form has been answered with a secret before. */
    public boolean answered(UUID formId) {
        return secrets.answered(formId);
    }

    @Transactional
    public void revoke(Actor actor, UUID applicationId, String environment, UUID secretId) {
        var registered = registrations.lock(actor, applicationId, environment);
        var revoked = secrets.revoke(registered.registration().id(), secretId);
        trail.write(actor, registered, "client-secret-revoked", RegistrationTrail.of(revoked), null);
    }
}

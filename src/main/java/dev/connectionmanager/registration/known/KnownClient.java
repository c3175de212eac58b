package dev.connectionmanager.registration.known;

import dev.connectionmanager.credential.SealedSecret;
import dev.connectionmanager.metadata.ClientMetadata;
import java.util.List;
import java.util.UUID;

/**
 * A client as it stands registered, for whoever lets clients log in.
 *
 * @param secrets those that work now
 */
public record KnownClient(
        UUID applicationId,
        UUID teamId,
        String environment,
        String clientId,
        State state,
        ClientMetadata metadata,
        List<SealedSecret> secrets) {
    public KnownClient {
        secrets = List.copyOf(secrets);
    }

    /** Whether it may log people in. */
    public enum State {
        ACTIVE,
        SUSPENDED,
        DELETED
    }
}

package dev.connectionmanager.mock.client;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.credential.SealedSecret;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import java.util.List;
import java.util.UUID;

/**
 * A client as the mock judges it.
 *
 * @param kind who made it
 * @param state whether it may log people in
 * @param teamId whose it is; {@code null} = no team's
 * @param environment where it is registered; {@code null} = nowhere
 * @param redirects where it may be answered
 * @param authentication how it says who it is
 * @param userinfoAlg how its UserInfo is signed; {@code null} = plain JSON
 * @param logout where logout tokens go; {@code null} = nowhere
 */
public record MockClient(
        String clientId,
        String name,
        Kind kind,
        State state,
        UUID teamId,
        String environment,
        Redirects redirects,
        Authentication authentication,
        String userinfoAlg,
        Logout logout) {
    /** Who made it. */
    public enum Kind {
        /** A team, by registration. */
        REGISTERED,
        /** Anybody. */
        OPEN,
        /** A test with a team's credential. */
        TEST
    }

    /** Whether it may log people in here. */
    public enum State {
        ACTIVE,
        SUSPENDED,
        DELETED,
        /** Of the production environment: not for a mock. */
        PRODUCTION
    }

    /**
     * @param registered redirect URIs as registered
     * @param local those of a developer's own computer, for the mock alone
     */
    public record Redirects(List<String> registered, List<String> local) {
        public Redirects {
            registered = List.copyOf(registered);
            local = List.copyOf(local);
        }
    }

    /**
     * @param signingAlg of its assertions; {@code null} = any that is listed
     * @param listedAlgs those that its environment's provider lists
     * @param keySetUri where its public keys are; {@code null} = nowhere
     * @param localKeySetUri the same on a developer's own computer, in its place
     * @param keySet its public keys by value; {@code null} = by address, or none
     * @param secrets those that work now
     */
    public record Authentication(
            TokenEndpointAuthMethod method,
            String signingAlg,
            List<String> listedAlgs,
            String keySetUri,
            String localKeySetUri,
            JWKSet keySet,
            List<SealedSecret> secrets) {
        public Authentication {
            listedAlgs = List.copyOf(listedAlgs);
            secrets = List.copyOf(secrets);
        }

        /** Where its keys are fetched: on a developer's own computer, or where they are registered. */
        String keysAt() {
            return localKeySetUri == null ? keySetUri : localKeySetUri;
        }
    }

    /** @param sessionRequired whether a logout token must name the session */
    public record Logout(String uri, boolean sessionRequired) {}

    public boolean active() {
        return state == State.ACTIVE;
    }

    /** Whether answers go to its redirect URIs without a click: a team answers for them. */
    public boolean trusted() {
        return kind != Kind.OPEN;
    }
}

package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.Caller;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.uri.EndpointUriRules;

/**
 * An address to check.
 *
 * @param field the metadata member that holds it, such as {@code jwks_uri}: the path of every finding
 * @param uri as registered, or configured
 * @param caller whose share of live checks it uses; null = {@link Caller#PORTAL}
 */
public record Endpoint(String field, String uri, Caller caller) {
    public static final String DISCOVERY = "discovery";
    private static final String REGISTERED = "registered";

    public static Endpoint jwks(String uri, Caller caller) {
        return new Endpoint("jwks_uri", uri, caller);
    }

    public static Endpoint backchannelLogout(String uri, Caller caller) {
        return new Endpoint("backchannel_logout_uri", uri, caller);
    }

    /** One that a team registered, on the portal’s own account; its text was judged then. */
    public static Endpoint registered(String uri) {
        return new Endpoint(REGISTERED, uri, null);
    }

    /** Of an environment’s OpenID Provider; on the portal’s own account. */
    public static Endpoint discovery(String uri) {
        return new Endpoint(DISCOVERY, uri, null);
    }

    /** The rules on its text, before anything is opened. What operators configured is none of a team’s input. */
    Violations judged() {
        return switch (field) {
            case DISCOVERY, REGISTERED -> Violations.NONE;
            case "jwks_uri" -> EndpointUriRules.checkJwksUri(field, uri);
            default -> EndpointUriRules.checkBackchannelLogoutUri(field, uri);
        };
    }
}

package dev.connectionmanager.verification.probe;

import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.uri.EndpointUriRules;

/**
 * An address to check.
 *
 * @param field the metadata member that holds it, such as {@code jwks_uri}: the path of every finding
 * @param uri as registered, or configured
 * @param onBehalfOf whose share of live checks it uses: a team ID; null = the portal's own, as in nightly checks
 */
public record Endpoint(String field, String uri, String onBehalfOf) {
    public static final String DISCOVERY = "discovery";

    public static Endpoint jwks(String uri, String onBehalfOf) {
        return new Endpoint("jwks_uri", uri, onBehalfOf);
    }

    public static Endpoint backchannelLogout(String uri, String onBehalfOf) {
        return new Endpoint("backchannel_logout_uri", uri, onBehalfOf);
    }

    /** Of an environment’s OpenID Provider; on the portal’s own account. */
    public static Endpoint discovery(String uri) {
        return new Endpoint(DISCOVERY, uri, null);
    }

    /** The rules on its text, before anything is opened. What operators configured is none of a team’s input. */
    Violations judged() {
        return switch (field) {
            case DISCOVERY -> Violations.NONE;
            case "jwks_uri" -> EndpointUriRules.checkJwksUri(field, uri);
            default -> EndpointUriRules.checkBackchannelLogoutUri(field, uri);
        };
    }
}

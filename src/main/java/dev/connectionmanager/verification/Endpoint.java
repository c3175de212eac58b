package dev.connectionmanager.verification;

import dev.connectionmanager.policy.Violations;

/**
 * An address to look at.
 *
 * @param field the metadata member that holds it, such as {@code jwks_uri}: the path of every finding
 * @param uri as registered
 * @param onBehalfOf whose share of live checks it uses: a team ID; null = the portal's own, as in nightly checks
 */
public record Endpoint(String field, String uri, String onBehalfOf) {
    public static Endpoint jwks(String uri, String onBehalfOf) {
        return new Endpoint("jwks_uri", uri, onBehalfOf);
    }

    public static Endpoint backchannelLogout(String uri, String onBehalfOf) {
        return new Endpoint("backchannel_logout_uri", uri, onBehalfOf);
    }

    /** The rules on its text, before anything is opened. */
    Violations judged() {
        return field.equals("jwks_uri")
                ? EndpointUriRules.checkJwksUri(field, uri)
                : EndpointUriRules.checkBackchannelLogoutUri(field, uri);
    }
}

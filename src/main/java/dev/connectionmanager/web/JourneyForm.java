package dev.connectionmanager.web;

import dev.connectionmanager.registration.Candidate;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;

/** What the question pages send. Values are taken exactly as typed. */
record JourneyForm(MultivaluedMap<String, String> fields) {

    Candidate onto(JourneyStep step, Candidate c) {
        return switch (step) {
            case CLIENT_NAME -> c.withClientName(text("client_name"));
            case REDIRECT_URIS -> c.withRedirectUris(redirectUris());
            case AUTHENTICATION ->
                c.withAuthentication(
                        chosen("token_endpoint_auth_method"), c.tokenEndpointAuthSigningAlg(), c.jwksUri());
            case KEYS ->
                c.withAuthentication(
                        c.tokenEndpointAuthMethod(), chosen("token_endpoint_auth_signing_alg"), text("jwks_uri"));
            case USERINFO -> c.withUserinfoSignedResponseAlg(chosen("userinfo_signed_response_alg"));
            case LOGOUT ->
                c.withBackchannelLogout(
                        chosen("backchannel_logout_uri"),
                        pressed("backchannel_logout_session_required") ? Boolean.TRUE : null);
        };
    }

    /** Whether a button of this name was pressed, or a box ticked. */
    boolean pressed(String button) {
        return fields.containsKey(button);
    }

    String text(String name) {
        return fields.getFirst(name);
    }

    /** A choice of "none", or an optional box left empty, is sent as an empty value: the member is absent. */
    private String chosen(String name) {
        var value = text(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A text box left empty is no redirect URI; anything typed, even a space, is judged. */
    private List<String> redirectUris() {
        var typed = new ArrayList<>(fields.getOrDefault("redirect_uris", List.of()));
        typed.removeIf(String::isEmpty);
        return typed;
    }
}

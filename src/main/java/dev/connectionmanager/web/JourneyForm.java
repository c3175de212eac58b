package dev.connectionmanager.web;

import com.google.common.primitives.Ints;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.registration.TokenEndpointAuthMethod;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the question pages send. Values are taken exactly as typed. */
record JourneyForm(MultivaluedMap<String, String> fields) {

    /** @throws Refusal.Stale when somebody else has answered this question since the page was opened */
    Candidate onto(JourneyStep step, Candidate c) {
        var typed = typed(step, c);
        var read = text("tag");
        if (read != null && !read.equals(step.tag(c)) && !typed.equals(c)) {
            throw new Refusal.Stale();
        }
        return typed;
    }

    /** What the form holds, whatever is there now. */
    Candidate typed(JourneyStep step, Candidate c) {
        return switch (step) {
            case CLIENT_NAME -> c.withClientName(text("client_name"));
            case REDIRECT_URIS -> c.withRedirectUris(redirectUris());
            case AUTHENTICATION -> authentication(c);
            case KEYS ->
                c.withAuthentication(
                        c.tokenEndpointAuthMethod(), chosen("token_endpoint_auth_signing_alg"), chosen("jwks_uri"));
            case USERINFO -> c.withUserinfoSignedResponseAlg(chosen("userinfo_signed_response_alg"));
            case LOGOUT ->
                c.withBackchannelLogout(
                        chosen("backchannel_logout_uri"),
                        pressed("backchannel_logout_session_required") ? Boolean.TRUE : null);
        };
    }

    /** Another method begins anew: a key set or an algorithm of the one before would stay without being asked for. */
    private Candidate authentication(Candidate c) {
        var method = chosen("token_endpoint_auth_method");
        return Objects.equals(method, c.tokenEndpointAuthMethod())
                ? c
                : c.withAuthentication(method, null, usesSecret(method) ? null : c.jwksUri());
    }

    private static boolean usesSecret(String method) {
        return TokenEndpointAuthMethod.ofCode(method)
                .filter(TokenEndpointAuthMethod::usesSecret)
                .isPresent();
    }

    /** Whether a button of this name was pressed, or a box ticked. */
    boolean pressed(String button) {
        return fields.containsKey(button);
    }

    /** The redirect URI whose button was pressed, as it stood in its box; empty where it was none that can be kept. */
    Optional<String> removed() {
        var boxes = fields.getOrDefault("redirect_uris", List.of());
        var index = Ints.tryParse(text("remove"));
        return index == null || index < 0 || index >= boxes.size()
                ? Optional.empty()
                : Optional.of(boxes.get(index)).filter(uri -> !uri.isEmpty());
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

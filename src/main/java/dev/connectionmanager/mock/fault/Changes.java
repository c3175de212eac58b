package dev.connectionmanager.mock.fault;

import dev.connectionmanager.mock.fault.Draft.Signature;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What faults do to an answer. */
final class Changes {
    static final String ROLES = "nhsid_nrbac_roles";

    private static final List<String> TIMES = List.of("iat", "exp", "nbf");
    private static final int HTTPS = 443;

    private Changes() {}

    static Consumer<Draft> put(String member, Object value) {
        return draft -> draft.members().put(member, value);
    }

    static Consumer<Draft> without(String member) {
        return draft -> draft.members().remove(member);
    }

    /** Issued at another time, by so many seconds. */
    static Consumer<Draft> moved(int seconds) {
        return draft -> TIMES.forEach(time ->
                draft.members().computeIfPresent(time, (name, value) -> ((Number) value).longValue() + seconds));
    }

    static Consumer<Draft> signed(Signature signature) {
        return draft -> draft.signature(signature);
    }

    /** Another answer of the endpoint. */
    static Consumer<Draft> answering(int status, String error, String description) {
        return draft -> {
            draft.status(status);
            draft.members().clear();
            draft.members().putAll(Map.of("error", error, "error_description", description));
        };
    }

    /** Another answer that goes to the redirect URI. */
    static Consumer<Draft> refused(String error, String description) {
        return draft -> {
            draft.members().keySet().removeAll(List.of("code", "scope", "client_id"));
            draft.members().put("error", error);
            draft.members().put("error_description", description);
        };
    }

    /** As the real provider's: it names the port that goes without saying. */
    static String withPort(String issuer) {
        var uri = URI.create(issuer);
        return uri.getScheme() + "://" + uri.getHost() + ":" + HTTPS + uri.getRawPath();
    }
}

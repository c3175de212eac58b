package dev.connectionmanager.http;

import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** How to authenticate: to the log-in on pages, {@code WWW-Authenticate} on the API. RFC 6750 section 3. */
final class Challenges {
    private static final String SCHEME = "Bearer ";

    private Challenges() {}

    /** @param document what else the answer says */
    static Uni<Response> of(RoutingContext request, Supplier<Response.ResponseBuilder> document) {
        var authenticator = request.<HttpAuthenticator>get(HttpAuthenticator.class.getName());
        return authenticator.getChallenge(request).map(challenge -> {
            var answer = document.get().status(challenge.status);
            challenge.getHeaders().forEach((name, value) -> answer.header(name.toString(), value));
            if (Edge.of(request).exchangesDocuments()
                    && sendsAToken(request)
                    && challenge.getHeaders().values().stream()
                            .anyMatch(value -> value.toString().startsWith(SCHEME.strip()))) {
                answer.header(HttpHeaders.WWW_AUTHENTICATE, null).header(HttpHeaders.WWW_AUTHENTICATE, bearer(true));
            }
            return answer.build();
        });
    }

    /** @param sent whether a token came, which is not believed */
    static String bearer(boolean sent) {
        return sent ? SCHEME + "error=\"invalid_token\"" : SCHEME.strip();
    }

    /** Whoever sends none, or knows another scheme only, is told no error. */
    static boolean sendsAToken(RoutingContext request) {
        var sent = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        return sent != null && sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** @param scope that the call needs; empty where none is enough */
    static String insufficientScope(Optional<String> scope) {
        return SCHEME + "error=\"insufficient_scope\""
                + scope.map(one -> ", scope=\"" + one + "\"").orElse("");
    }
}

package dev.connectionmanager.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.ServerCookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where people come by HTTPS, the cookies of log-in are named {@code __Host-…}, which browsers take from this very host
 * only: otherwise any other host of the same domain could plant a session of its choice. Quarkus itself has no setting for
 * the name, so it is put on and taken off at the very edge.
 */
@ApplicationScoped
class HostCookies {
    private static final int FIRST = 20_000;
    private static final String PREFIX = "__Host-";
    /** How the names of all cookies of Quarkus' OpenID Connect extension begin. */
    private static final String OURS = "q_";

    private final boolean https;

    HostCookies(@ConfigProperty(name = "connection-manager.public-url") URI publicUrl) {
        https = "https".equals(publicUrl.getScheme());
    }

    void register(@Observes Filters filters) {
        if (https) {
            filters.register(this::rename, FIRST);
        }
    }

    private void rename(RoutingContext request) {
        var headers = request.request().headers();
        var sent = headers.getAll(HttpHeaders.COOKIE);
        if (!sent.isEmpty()) {
            headers.set(HttpHeaders.COOKIE, withoutPrefix(sent));
        }
        request.addHeadersEndHandler(ended -> List.copyOf(request.request().cookies()).stream()
                .filter(cookie -> cookie.getName().startsWith(OURS) && ((ServerCookie) cookie).isChanged())
                .forEach(cookie -> {
                    request.response().removeCookies(cookie.getName(), false);
                    request.response().addCookie(withPrefix(cookie));
                }));
        request.next();
    }

    /** One without the prefix may be anybody's, and is dropped. */
    private static String withoutPrefix(List<String> sent) {
        return sent.stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(cookie -> !cookie.startsWith(OURS))
                .map(cookie -> cookie.startsWith(PREFIX + OURS) ? cookie.substring(PREFIX.length()) : cookie)
                .collect(Collectors.joining("; "));
    }

    private static Cookie withPrefix(Cookie cookie) {
        return Cookie.cookie(PREFIX + cookie.getName(), cookie.getValue())
                .setPath("/")
                .setMaxAge(cookie.getMaxAge())
                .setHttpOnly(true)
                .setSameSite(cookie.getSameSite())
                .setSecure(true);
    }
}

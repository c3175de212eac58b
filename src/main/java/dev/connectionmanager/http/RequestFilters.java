package dev.connectionmanager.http;

import dev.connectionmanager.policy.Reason;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every request passes before anything else looks at it, and what every answer carries. */
@ApplicationScoped
class RequestFilters {
    /** Before whatever may answer. */
    private static final int HEADERS = 30_001;

    private static final int FIRST = 10_000;
    private static final String REFERRER_POLICY = "Referrer-Policy";
    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    private final boolean https;
    private final String contentSecurityPolicy;

    RequestFilters(
            @ConfigProperty(name = "connection-manager.public-url") URI publicUrl,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<URI> openIdProvider) {
        https = "https".equals(publicUrl.getScheme());
        // Logging out is a form post that ends at the OpenID Provider.
        var formTargets = openIdProvider
                .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority())
                .orElse("");
        contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; form-action 'self' " + formTargets
                + "; base-uri 'none'; frame-ancestors 'none'";
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseOddAddresses, FIRST);
        filters.register(this::addHeaders, HEADERS);
        filters.register(RequestFilters::joinEntityTags, FIRST - 1);
    }

    /** RFC 9110 section 5.3: a list may come in several lines. Whoever reads it takes the first. */
    private static void joinEntityTags(RoutingContext request) {
        var headers = request.request().headers();
        for (var name : List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)) {
            var lines = headers.getAll(name);
            if (lines.size() > 1) {
                headers.set(name, String.join(", ", lines));
            }
        }
        request.next();
    }

    /**
     * Path parameters, encoded separators and dot segments are read differently by the layers behind, so that rules by
     * path can be slipped past (CVE-2026-39852 and its kin). No address of ours has any. The database can be asked for
     * everything in a query but U+0000, and has none.
     */
    private void refuseOddAddresses(RoutingContext request) {
        var path = request.request().path();
        var query = Objects.requireNonNullElse(request.request().query(), "");
        if (path == null
                || odd(path.toLowerCase(Locale.ROOT))
                || query.contains("%00")
                || !namesOneHost(request.request())) {
            // Its body, if any, is never read: on this connection nobody could tell where the next request begins.
            EarlyAnswer.refuseAndClose(request, 400, Reason.ADDRESS_MALFORMED);
        } else {
            request.next();
        }
    }

    /**
     * RFC 9112 section 3.2. HTTP/1.0 may leave the host out: load balancers do when they ask for the health; all else
     * cannot do without.
     */
    private static boolean namesOneHost(HttpServerRequest request) {
        return (request.authority() != null || request.path().startsWith("/q/"))
                && request.headers().getAll(HttpHeaders.HOST).size() <= 1;
    }

    static boolean odd(String path) {
        return Stream.of(";", "\\", "%3b", "%2f", "%5c", "%2e", "%00", "//").anyMatch(path::contains)
                || Stream.of(path.split("/", -1)).anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    private void addHeaders(RoutingContext request) {
        request.addHeadersEndHandler(ended -> {
            var headers = request.response().headers();
            if (!headers.contains(CONTENT_SECURITY_POLICY)) {
                headers.set(CONTENT_SECURITY_POLICY, contentSecurityPolicy);
            }
            headers.set("X-Content-Type-Options", "nosniff");
            if (!headers.contains(REFERRER_POLICY)) {
                headers.set(REFERRER_POLICY, "same-origin");
            }
            if (!Edge.isOfMock(request.normalizedPath())) {
                // Clients may open a window to log people in, and wait in the one that opened it.
                headers.set("Cross-Origin-Opener-Policy", "same-origin");
            }
            if (https) {
                headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
            }
            DateHeader.tell(headers);
            RequestNames.tell(request, headers);
            Compression.decide(request.normalizedPath(), headers);
            var type = headers.get(HttpHeaders.CONTENT_TYPE);
            if (!headers.contains(HttpHeaders.CACHE_CONTROL) && type != null && type.startsWith("text/html")) {
                // Whoever goes back finds what was typed; what holds a secret says no-store by itself.
                headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
            }
        });
        request.next();
    }
}

package dev.connectionmanager.web.layout;

import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.session.Sessions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets a page tell only of an act that has happened. An act sends the browser on to a page with {@code ?done=<code>}: on its way out the code
 * is sealed, for this session, this page and a minute. A code that was typed, kept or sent by somebody else says nothing.
 */
@Provider
@ApplicationScoped
class SuccessMessageSeal implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String PARAMETER = "done";
    private static final Pattern SAID = Pattern.compile("([?&]" + PARAMETER + "=)([a-z-]+)");
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final SecretVault vault;
    private final RoutingContext request;
    private final Clock clock;

    SuccessMessageSeal(SecretVault vault, RoutingContext request, Clock clock) {
        this.vault = vault;
        this.request = request;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        var sent = request.queryParams().get(PARAMETER);
        if (sent != null && !request.normalizedPath().startsWith("/api/")) {
            var parameters = request.queryParams();
            parameters.remove(PARAMETER);
            open(sent, request.normalizedPath()).ifPresent(code -> parameters.set(PARAMETER, code));
        }
    }

    @Override
    public void filter(ContainerRequestContext context, ContainerResponseContext answer) {
        var location = answer.getHeaderString(HttpHeaders.LOCATION);
        if (answer.getStatus() != Response.Status.SEE_OTHER.getStatusCode() || location == null) {
            return;
        }
        var path = URI.create(location).getPath();
        answer.getHeaders()
                .putSingle(
                        HttpHeaders.LOCATION,
                        SAID.matcher(location).replaceFirst(said -> said.group(1) + seal(said.group(2), path)));
    }

    private String seal(String code, String path) {
        var until = clock.instant().plus(GOOD_FOR).getEpochSecond();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(until + " " + code, owner(path)));
    }

    private Optional<String> open(String sent, String path) {
        try {
            var parts =
                    vault.open(Base64.getUrlDecoder().decode(sent), owner(path)).split(" ", 2);
            return Optional.of(parts[1])
                    .filter(code -> clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[0]))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String owner(String path) {
        return "what was done in session " + Sessions.of(request).orElse("") + " told at " + path;
    }
}

package dev.connectionmanager.api.common;

import dev.connectionmanager.credential.SecretVault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Where a page of a list ended, as callers see it: encrypted with the portal's keys, since a position may be somebody's email
 * address, and good for the list and the filters alone that it was given for. Every node reads it, and after a restart too.
 */
@ApplicationScoped
class SealedCursors {
    private static final Set<String> NO_FILTERS = Set.of("cursor", "limit", "total");

    private final SecretVault vault;

    SealedCursors(SecretVault vault) {
        this.vault = vault;
    }

    /** On every list that goes out. */
    @ServerResponseFilter
    public void seal(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof ItemList<?> list && list.nextCursor() != null) {
            var sealed = vault.seal(list.nextCursor(), owner(request.getUriInfo()));
            response.setEntity(
                    list.withCursor(Base64.getUrlEncoder().withoutPadding().encodeToString(sealed)));
        }
    }

    /** @throws IllegalArgumentException when this list has not given it for these filters */
    String open(String cursor, UriInfo list) {
        try {
            return vault.open(Base64.getUrlDecoder().decode(cursor), owner(list));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cursor", e);
        }
    }

    private static String owner(UriInfo list) {
        var owner = new StringBuilder("cursor of ").append(list.getPath().replaceAll("/+$", ""));
        new TreeMap<>(list.getQueryParameters()).forEach((name, values) -> {
            if (!NO_FILTERS.contains(name)) {
                values.forEach(value ->
                        owner.append('&').append(encoded(name)).append('=').append(encoded(value)));
            }
        });
        return owner.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package dev.connectionmanager.api.common;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** What was just made and has a secret: this answer alone shows it, and nobody on its way may keep it. */
public final class ShownOnce {
    private ShownOnce() {}

    /** @param location of what was made */
    public static Response created(String location, Object shown) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, location)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(shown)
                .build();
    }
}

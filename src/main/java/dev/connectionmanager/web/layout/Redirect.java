package dev.connectionmanager.web.layout;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Sends a browser on to another page of the portal after a form post. */
public final class Redirect {
    private Redirect() {}

    /** @param path relative, so that no host name of the request finds its way into the answer (CWE-644) */
    public static Response to(String path) {
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }
}

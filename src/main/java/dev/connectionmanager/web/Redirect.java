package dev.connectionmanager.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Sends a browser on to another page of the portal after a form post. */
final class Redirect {
    private Redirect() {}

    /** @param path relative, so that no host name of the request finds its way into the answer (CWE-644) */
    static Response to(String path) {
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }
}

package dev.connectionmanager.api.tool;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** By which programs see whether anybody is there. */
@Path("/api/hello_world")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class HelloResource {
    @GET
    public Map<String, String> hello() {
        return Map.of("message", "Hello, world");
    }
}

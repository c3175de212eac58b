package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.registration.ClientLifecycle;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ClientLifecycleResource {
    private final ClientLifecycle life;
    private final Actor actor;

    ClientLifecycleResource(ClientLifecycle life, Actor actor) {
        this.life = life;
        this.actor = actor;
    }

    @PUT
    @Path("{environment}/suspension")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response suspend(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @HeaderParam("If-Match") String ifMatch,
            byte[] body) {
        var reason = JsonBody.parse(body, Suspension.class).map(Suspension::reason);
        return answer(life.suspend(actor, id, environment, reason, ifMatch));
    }

    @DELETE
    @Path("{environment}/suspension")
    public Response resume(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @HeaderParam("If-Match") String ifMatch) {
        life.resume(actor, id, environment, ifMatch);
        return Response.noContent().build();
    }

    @POST
    @Path("{environment}/restoration")
    public Response restore(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return answer(life.restore(actor, id, environment));
    }

    private static Response answer(RegistrationSnapshot registered) {
        ObjectNode json = RegistrationJson.of(registered);
        return Tagged.of(Response.ok(json), registered.tag()).build();
    }

    /** Why: 1 to 1,000 visible characters, told to the team. */
    record Suspension(String reason) {}
}

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/applications/{application_id}/registrations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Suspension and restoration (operators)")
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
    @Operation(
            summary = "Suspend a client, or give another reason for its suspension",
            description =
                    "It stays suspended until an operator resumes it, whatever the team changes. If-Match with the"
                            + " registration's ETag is honoured, not needed.")
    public Response suspend(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = Suspension.class))) byte[] body) {
        var reason = JsonBody.parse(body, Suspension.class).map(Suspension::reason);
        return answer(life.suspend(actor, id, environment, reason, ifMatch));
    }

    @DELETE
    @Path("{environment}/suspension")
    @Operation(summary = "Resume a suspended client", description = "409 when it is not suspended.")
    public Response resume(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @HeaderParam("If-Match") String ifMatch) {
        life.resume(actor, id, environment, ifMatch);
        return Response.noContent().build();
    }

    @POST
    @Path("{environment}/restoration")
    @Operation(
            summary = "Undo a deletion, within 30 days",
            description = "The client ID works again as it did, with the secrets that have not expired. 409 when the"
                    + " registration is not deleted, was deleted too long ago, or was registered anew.")
    public Response restore(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @Context HttpHeaders headers,
            @RequestBody(content = @Content(schema = @Schema(implementation = JsonBody.Empty.class))) byte[] body) {
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

package dev.connectionmanager.api.application;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.application.Handover;
import dev.connectionmanager.application.HandoverCandidate;
import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/applications/{application_id}/handover")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Hand-over")
@RequestScoped
class OutgoingHandoverResource {
    private final Handovers handovers;
    private final Actor actor;

    OutgoingHandoverResource(Handovers handovers, Actor actor) {
        this.handovers = handovers;
        this.actor = actor;
    }

    @GET
    @Operation(summary = "The open offer of this application")
    public HandoverView one(@PathParam("application_id") UUID id) {
        return HandoverView.of(handovers.open(actor, id).orElseThrow(() -> new Refusal.NotFound(Reason.HANDOVER_NONE)));
    }

    @POST
    @IdempotencyKeyed
    @Parameter(ref = IdempotencyKeyed.PARAMETER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Offer this application to another team (owners)",
            description = "The answer is the same whether or not a team of that Team ID exists. An owner of that team"
                    + " accepts or declines within 30 days; until then nothing changes.")
    public Response offer(
            @PathParam("application_id") UUID id,
            @RequestBody(content = @Content(schema = @Schema(implementation = HandoverCandidate.class))) byte[] body) {
        var offer = handovers.offer(actor, id, JsonBody.parse(body, HandoverCandidate.class));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/applications/" + offer.applicationId() + "/handover")
                .entity(HandoverView.of(offer))
                .build();
    }

    @DELETE
    @Operation(summary = "Withdraw the open offer (owners)")
    public Response withdraw(@PathParam("application_id") UUID id) {
        handovers.withdraw(actor, id);
        return Response.noContent().build();
    }

    /** @param teamId the Team ID that the application is offered to */
    record HandoverView(
            UUID id, UUID applicationId, UUID teamId, String offeredBy, Instant offeredAt, Instant expiresAt) {
        static HandoverView of(Handover offer) {
            return new HandoverView(
                    offer.id(),
                    offer.applicationId(),
                    offer.toTeam(),
                    offer.offeredBy(),
                    offer.offeredAt(),
                    offer.lapsesAt());
        }
    }
}

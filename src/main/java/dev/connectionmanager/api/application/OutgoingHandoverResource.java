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

@Path("/api/v1/applications/{application_id}/handover")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class OutgoingHandoverResource {
    private final Handovers handovers;
    private final Actor actor;

    OutgoingHandoverResource(Handovers handovers, Actor actor) {
        this.handovers = handovers;
        this.actor = actor;
    }

    @GET
    public HandoverView one(@PathParam("application_id") UUID id) {
        return HandoverView.of(handovers.open(actor, id).orElseThrow(() -> new Refusal.NotFound(Reason.HANDOVER_NONE)));
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response offer(@PathParam("application_id") UUID id, byte[] body) {
        var offer = handovers.offer(actor, id, JsonBody.parse(body, HandoverCandidate.class));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/applications/" + offer.applicationId() + "/handover")
                .entity(HandoverView.of(offer))
                .build();
    }

    @DELETE
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

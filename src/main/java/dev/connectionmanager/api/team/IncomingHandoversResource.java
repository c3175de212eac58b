package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.application.HandoverDecision;
import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.registration.keyset.KeySetUses;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Path("/api/v1/teams/{team_id}/handovers")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class IncomingHandoversResource {
    private final Handovers handovers;
    private final KeySetUses keySets;
    private final Actor actor;

    IncomingHandoversResource(Handovers handovers, KeySetUses keySets, Actor actor) {
        this.handovers = handovers;
        this.keySets = keySets;
        this.actor = actor;
    }

    @GET
    public ItemList<OfferedView> all(@PathParam("team_id") UUID team, @BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(),
                (after, most) -> handovers.offeredTo(actor, team, after, most),
                offered -> OfferedView.of(offered, null),
                () -> handovers.offeredTo(actor, team));
    }

    @GET
    @Path("{handover_id}")
    public OfferedView one(@PathParam("team_id") UUID team, @PathParam("handover_id") UUID id) {
        var offered = handovers.offered(actor, team, id);
        var named = keySets.ofApplication(offered.application().id()).stream()
                .map(use -> new MustChange(use.environment(), use.clientId(), keySets.uri(use.keySetId())))
                .toList();
        return OfferedView.of(offered, named);
    }

    @POST
    @Path("{handover_id}/decision")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response decide(@PathParam("team_id") UUID team, @PathParam("handover_id") UUID id, byte[] body) {
        handovers.decide(actor, team, id, JsonBody.parse(body, HandoverDecision.class));
        return Response.noContent().build();
    }

    /** @param mustChange {@code null} in lists */
    record OfferedView(
            UUID id,
            UUID applicationId,
            String applicationName,
            String description,
            String category,
            String applicationType,
            UUID fromTeamId,
            String fromTeamName,
            Instant offeredAt,
            Instant expiresAt,
            List<MustChange> mustChange) {
        static OfferedView of(Handovers.Offered offered, List<MustChange> mustChange) {
            var details = offered.application().details();
            return new OfferedView(
                    offered.offer().id(),
                    offered.application().id(),
                    details.name(),
                    details.description(),
                    details.category().code(),
                    details.applicationType().code(),
                    offered.offer().fromTeam(),
                    offered.fromTeamName(),
                    offered.offer().offeredAt(),
                    offered.offer().lapsesAt(),
                    mustChange);
        }
    }

    /** A registration whose key set stays with the team that hands the application over. */
    record MustChange(String environment, String clientId, String jwksUri) {}
}

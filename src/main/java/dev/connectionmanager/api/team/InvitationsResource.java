package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Invitations;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;

@Path("/api/v1/invitations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class InvitationsResource {
    private final Invitations invitations;
    private final Actor actor;

    InvitationsResource(Invitations invitations, Actor actor) {
        this.invitations = invitations;
        this.actor = actor;
    }

    @GET
    public ItemList<InvitationView> list(@BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(), (after, most) -> invitations.page(actor, after, most), InvitationView::of);
    }

    @POST
    @Path("{invitation_id}/acceptance")
    public InvitationView accept(@PathParam("invitation_id") UUID id, @Context HttpHeaders headers, byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return InvitationView.of(invitations.accept(actor, id));
    }

    @POST
    @Path("{invitation_id}/refusal")
    public Response decline(@PathParam("invitation_id") UUID id, @Context HttpHeaders headers, byte[] body) {
        JsonBody.refuseMembers(headers, body);
        invitations.decline(actor, id);
        return Response.noContent().build();
    }

    /** @param linkExpiresAt until when the link in the email works; the invitation itself stays until it is withdrawn */
    record InvitationView(UUID id, UUID teamId, String teamName, String role, String state, Instant linkExpiresAt) {
        static InvitationView of(Invitations.Invitation invitation) {
            var member = invitation.member();
            return new InvitationView(
                    member.id(),
                    invitation.team().id(),
                    invitation.team().name(),
                    member.role().code(),
                    member.state(),
                    member.invitationExpiresAt().orElse(null));
        }
    }
}

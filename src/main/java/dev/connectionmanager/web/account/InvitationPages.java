package dev.connectionmanager.web.account;

import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Invitations;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Joining a team by the link of an invitation: the page asks first, since a link may have been opened by mistake. */
@Path("/invitations")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class InvitationPages {
    private final Invitations invitations;
    private final Actor actor;

    InvitationPages(Invitations invitations, Actor actor) {
        this.invitations = invitations;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "invitations")
    static class Templates {
        static native TemplateInstance invitation(Invitations.Invitation invitation, Actor actor, String token);

        static native TemplateInstance gone();
    }

    @GET
    @Path("{token}")
    public Response ask(@PathParam("token") String token) {
        return invitations
                .find(actor, token)
                .map(invitation -> withoutReferrer(Response.ok(Templates.invitation(invitation, actor, token))))
                .orElseGet(InvitationPages::gone);
    }

    /** Refused, it is told beside the person's teams: the link has done what it can. */
    @POST
    @FormPage("/teams")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response join(@FormParam("token") @DefaultValue("") String token) {
        if (invitations.find(actor, token).isEmpty()) {
            return gone();
        }
        return joined(invitations.join(actor, token).teamId());
    }

    /** Of the person's own verified email address: listed beside their teams. */
    @POST
    @Path("{invitation_id}/acceptance")
    @FormPage("/teams")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response accept(@PathParam("invitation_id") UUID id) {
        return joined(invitations.accept(actor, id).team().id());
    }

    /** Of the person's own verified email address. */
    @POST
    @Path("{invitation_id}/refusal")
    @FormPage("/teams")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decline(@PathParam("invitation_id") UUID id) {
        invitations.decline(actor, id);
        return Redirect.to("/teams?done=declined");
    }

    private static Response joined(UUID team) {
        return Redirect.to("/teams/" + team + "?done=joined");
    }

    private static Response gone() {
        return withoutReferrer(Response.status(Response.Status.NOT_FOUND).entity(Templates.gone()));
    }

    /** The address of this page opens a team: nothing that is loaded from it may name it (CWE-598). */
    private static Response withoutReferrer(Response.ResponseBuilder answer) {
        return answer.header("Referrer-Policy", "strict-origin")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}

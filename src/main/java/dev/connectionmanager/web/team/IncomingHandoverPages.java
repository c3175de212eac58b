package dev.connectionmanager.web.team;

import dev.connectionmanager.application.HandoverDecision;
import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.registration.keyset.KeySetUse;
import dev.connectionmanager.registration.keyset.KeySetUses;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.PastedText;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The applications that other teams offer to one, accepted or declined. */
@Path("/teams/{team_id}/handovers")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class IncomingHandoverPages {
    private static final int PAGE = 20;

    private final Handovers handovers;
    private final Teams teams;
    private final KeySetUses keySets;
    private final Actor actor;
    private final RefusedForm refused;

    IncomingHandoverPages(Handovers handovers, Teams teams, KeySetUses keySets, Actor actor, RefusedForm refused) {
        this.handovers = handovers;
        this.teams = teams;
        this.keySets = keySets;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "handovers")
    static class Templates {
        static native TemplateInstance all(Team team, Page<Handovers.Offered> offers, String done);

        static native TemplateInstance offered(OfferedView view);

        static native TemplateInstance refusal(Team team, Handovers.Offered offered);
    }

    @GET
    public TemplateInstance all(
            @PathParam("team_id") UUID id, @QueryParam("cursor") String cursor, @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        return Templates.all(
                team,
                handovers.offeredTo(actor, team.id(), Cursors.position(cursor, Cursor::parseTimed), PAGE),
                "declined".equals(done)
                        ? "Offer declined. The owners of the team that offered it are told by email"
                        : null);
    }

    @GET
    @Path("{handover_id}")
    public TemplateInstance one(@PathParam("team_id") UUID id, @PathParam("handover_id") UUID offer) {
        var team = teams.find(actor, id);
        var offered = handovers.offered(actor, team.id(), offer);
        return Templates.offered(new OfferedView(
                team,
                offered,
                keySets.ofApplication(offered.application().id()),
                refused.text("contacts", actor.email()),
                FormErrors.of(refused.violations()).inLines(),
                actor.is(Role.OWNER, team.id())));
    }

    @POST
    @Path("{handover_id}/acceptance")
    @FormPage("/teams/{team_id}/handovers/{handover_id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response accept(
            @PathParam("team_id") UUID id, @PathParam("handover_id") UUID offer, @FormParam("contacts") String typed) {
        var team = teams.find(actor, id);
        var contacts = Objects.requireNonNullElse(typed, "");
        var decision = HandoverDecision.accept(PastedText.lines(contacts));
        var application = handovers.decide(actor, team.id(), offer, Parsed.typed(decision));
        return accepted(application.id());
    }

    @GET
    @Path("{handover_id}/refusal")
    public TemplateInstance confirmRefusal(@PathParam("team_id") UUID id, @PathParam("handover_id") UUID offer) {
        var team = teams.find(actor, id);
        return Templates.refusal(team, handovers.offeredToDecide(actor, team.id(), offer));
    }

    @POST
    @Path("{handover_id}/refusal")
    public Response decline(@PathParam("team_id") UUID id, @PathParam("handover_id") UUID offer) {
        handovers.decide(actor, id, offer, Parsed.typed(HandoverDecision.decline()));
        return Redirect.to("/teams/" + id + "/handovers?done=declined");
    }

    private static Response accepted(UUID application) {
        return Redirect.to("/applications/" + application + "?done=accepted");
    }

    /**
     * @param mustChange registrations whose key sets stay with the other team
     * @param contacts what the box holds, one on each line
     * @param mayDecide whether this person may accept or decline
     */
    record OfferedView(
            Team team,
            Handovers.Offered offered,
            List<KeySetUse> mustChange,
            String contacts,
            FormErrors errors,
            boolean mayDecide) {
        public String action(String act) {
            return "/teams/" + team.id() + "/handovers/" + offered.offer().id() + "/" + act;
        }

        /** Whether the team may register applications of this category: else it cannot be accepted yet. */
        public boolean allowed() {
            return team.categories().contains(offered.application().details().category());
        }
    }
}

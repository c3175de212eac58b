package dev.connectionmanager.web;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.HandoverDecision;
import dev.connectionmanager.registration.Handovers;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.team.Reading;
import dev.connectionmanager.team.Role;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;

/** The applications that other teams offer to one, accepted or declined. */
@Path("/teams/{team_id}/handovers")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class OfferedPages {
    private final Handovers handovers;
    private final Teams teams;
    private final CurrentActor actor;

    OfferedPages(Handovers handovers, Teams teams, CurrentActor actor) {
        this.handovers = handovers;
        this.teams = teams;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "handovers")
    static class Templates {
        static native TemplateInstance all(Team team, List<Handovers.Offered> offers);

        static native TemplateInstance offered(OfferedView view);
    }

    @GET
    public TemplateInstance all(@PathParam("team_id") String id) {
        var team = teams.find(actor.get(), Ids.uuid(id));
        return Templates.all(team, handovers.offeredTo(actor.get(), team.id()));
    }

    @GET
    @Path("{handover_id}")
    public TemplateInstance one(@PathParam("team_id") String id, @PathParam("handover_id") String offer) {
        var team = teams.find(actor.get(), Ids.uuid(id));
        return Templates.offered(view(team, offer, actor.get().email(), Violations.NONE));
    }

    @POST
    @Path("{handover_id}/acceptance")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response accept(
            @PathParam("team_id") String id,
            @PathParam("handover_id") String offer,
            @FormParam("contacts") String typed) {
        var team = teams.find(actor.get(), Ids.uuid(id));
        var contacts = Objects.requireNonNullElse(typed, "");
        var decision = HandoverDecision.accept(
                contacts.lines().filter(line -> !line.isEmpty()).toList());
        try {
            var application = handovers.decide(actor.get(), team.id(), Ids.uuid(offer), Reading.typed(decision));
            return Redirect.to("/applications/" + application.id());
        } catch (Refusal.Rejected rejected) {
            return Response.status(422)
                    .entity(Templates.offered(view(team, offer, contacts, rejected.violations())))
                    .build();
        }
    }

    @POST
    @Path("{handover_id}/refusal")
    public Response decline(@PathParam("team_id") String id, @PathParam("handover_id") String offer) {
        handovers.decide(actor.get(), Ids.uuid(id), Ids.uuid(offer), Reading.typed(HandoverDecision.decline()));
        return Redirect.to("/teams/" + Ids.uuid(id) + "/handovers");
    }

    private OfferedView view(Team team, String offer, String contacts, Violations found) {
        return new OfferedView(
                team,
                handovers.offered(actor.get(), team.id(), Ids.uuid(offer)),
                contacts,
                FormErrors.of(found),
                actor.get().is(Role.OWNER, team.id()));
    }

    /**
     * @param contacts what the box holds, one on each line
     * @param mayDecide whether this person may accept or decline
     */
    record OfferedView(Team team, Handovers.Offered offered, String contacts, FormErrors errors, boolean mayDecide) {
        public String action(String act) {
            return "/teams/" + team.id() + "/handovers/" + offered.offer().id() + "/" + act;
        }

        /** All contacts are typed into one box. */
        public List<FormErrors.Entry> contactErrors() {
            return errors.blocking();
        }
    }
}

package dev.connectionmanager.web;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Applications;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.team.Teams;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** Adding an application to a team. */
@Path("/teams/{team_id}/applications/new")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class NewApplicationPages {
    private final Applications applications;
    private final Teams teams;
    private final CurrentActor actor;

    NewApplicationPages(Applications applications, Teams teams, CurrentActor actor) {
        this.applications = applications;
        this.teams = teams;
        this.actor = actor;
    }

    @GET
    public TemplateInstance make(@PathParam("team_id") String teamId) {
        var team = applications.teamToAddTo(actor.get(), Ids.uuid(teamId));
        return ApplicationPages.Templates.form(ApplicationForm.empty(team));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response make(@PathParam("team_id") String teamId, MultivaluedMap<String, String> fields) {
        var team = teams.find(actor.get(), Ids.uuid(teamId));
        var typed = ApplicationForm.typed(fields);
        try {
            return ApplicationPages.to(applications.create(actor.get(), team.id(), Parsed.typed(typed)));
        } catch (Refusal.Rejected rejected) {
            return Response.status(422)
                    .entity(ApplicationPages.Templates.form(
                            new ApplicationForm(team, null, null, typed, rejected.violations(), false)))
                    .build();
        }
    }
}

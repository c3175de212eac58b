package dev.connectionmanager.web.application;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Adding an application to a team. */
@Path("/teams/{team_id}/applications/new")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class NewApplicationPages {
    private final Applications applications;
    private final Teams teams;
    private final Actor actor;
    private final RefusedForm refused;

    NewApplicationPages(Applications applications, Teams teams, Actor actor, RefusedForm refused) {
        this.applications = applications;
        this.teams = teams;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "applications")
    static class Templates {
        static native TemplateInstance form(ApplicationForm form);
    }

    @GET
    public TemplateInstance make(@PathParam("team_id") UUID teamId) {
        var team = applications.teamToAddTo(actor, teamId);
        return Templates.form(
                refused.present()
                        ? new ApplicationForm(
                                team, null, null, ApplicationForm.typed(refused.fields()), refused.violations(), false)
                        : ApplicationForm.empty(team));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response make(@PathParam("team_id") UUID teamId, MultivaluedMap<String, String> fields) {
        var team = teams.find(actor, teamId);
        var made = applications.create(actor, team.id(), Parsed.typed(ApplicationForm.typed(fields)));
        return Redirect.to("/applications/" + made.id() + "?done=application-added");
    }
}

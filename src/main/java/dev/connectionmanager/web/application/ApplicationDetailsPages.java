package dev.connectionmanager.web.application;

import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.wording.RuleSentences;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Changing what an application says of itself. */
@Path("/applications/{application_id}/details")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ApplicationDetailsPages {
    private final Applications applications;
    private final Teams teams;
    private final Actor actor;
    private final RefusedForm refused;

    ApplicationDetailsPages(Applications applications, Teams teams, Actor actor, RefusedForm refused) {
        this.applications = applications;
        this.teams = teams;
        this.actor = actor;
        this.refused = refused;
    }

    @GET
    public TemplateInstance change(@PathParam("application_id") UUID id) {
        var application = applications.findToChange(actor, id);
        return NewApplicationPages.Templates.form(new ApplicationForm(
                teams.find(actor, application.teamId()),
                application,
                applications
                        .categoryLockedBecause(application)
                        .map(RuleSentences::of)
                        .orElse(null),
                refused.present()
                        ? ApplicationForm.typed(refused.fields())
                        : ApplicationCandidate.of(application.details()),
                refused.violations(),
                refused.is(Refusal.Stale.class)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @PathParam("application_id") UUID id, @FormParam("tag") String tag, MultivaluedMap<String, String> fields) {
        var typed = ApplicationForm.typed(fields);
        var changed = applications.change(actor, id, before -> Parsed.typed(typed), Precondition.matching(tag));
        return Redirect.to("/applications/" + changed.id() + "?done=details-saved");
    }
}

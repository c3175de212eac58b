package dev.connectionmanager.web.team;

import dev.connectionmanager.credential.ApiCredential;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.account.CredentialTemplates;
import dev.connectionmanager.web.form.FormSubmission;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The API credentials of a team: what may be known of them, made and revoked. */
@Path("/teams/{team_id}/credentials")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class CredentialPages {
    private final ApiCredentials credentials;
    private final Teams teams;
    private final Actor actor;
    private final RefusedForm refused;
    private final FormSubmission submission;
    private final Clock clock;

    CredentialPages(
            ApiCredentials credentials,
            Teams teams,
            Actor actor,
            RefusedForm refused,
            FormSubmission submission,
            Clock clock) {
        this.credentials = credentials;
        this.teams = teams;
        this.actor = actor;
        this.refused = refused;
        this.submission = submission;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "credentials")
    static class Templates {
        static native TemplateInstance credentials(
                Team team, List<ApiCredential> credentials, boolean mayChange, Instant now, String done);

        static native TemplateInstance form(CredentialForm form);
    }

    @GET
    public TemplateInstance all(@PathParam("team_id") UUID id, @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        return Templates.credentials(
                team,
                credentials.all(actor, team.id()),
                actor.is(Role.ADMIN, team.id()),
                clock.instant(),
                SuccessMessages.said(done));
    }

    @GET
    @Path("new")
    public TemplateInstance ask(@PathParam("team_id") UUID id) {
        var team = changeable(id);
        return Templates.form(
                refused.present()
                        ? CredentialForm.typed(team, refused.fields(), clock.instant())
                                .withFound(refused.violations())
                        : CredentialForm.empty(team));
    }

    /** Answers with the credential itself, not with a redirect: it is kept nowhere to be shown later. */
    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response issue(@PathParam("team_id") UUID id, MultivaluedMap<String, String> fields) {
        var team = changeable(id);
        var form = CredentialForm.typed(team, fields, clock.instant());
        var issued = credentials.issue(actor, team.id(), Parsed.typed(form.typed()));
        return submission.showOnce(CredentialTemplates.issued(base(team), issued), base(team), null);
    }

    @GET
    @Path("{credential_id}/revocation")
    public TemplateInstance confirmRevocation(
            @PathParam("team_id") UUID id, @PathParam("credential_id") UUID credentialId) {
        var team = changeable(id);
        return CredentialTemplates.revocation(base(team), credentials.find(actor, team.id(), credentialId));
    }

    @POST
    @Path("{credential_id}/revocation")
    public Response revoke(@PathParam("team_id") UUID id, @PathParam("credential_id") UUID credentialId) {
        var team = changeable(id);
        var credential = credentialId;
        // Revoked by somebody else since the page was opened: it is what was wanted.
        if (credentials.all(actor, team.id()).stream()
                .anyMatch(live -> live.id().equals(credential))) {
            credentials.revoke(actor, team.id(), credential);
        }
        return Redirect.to(base(team) + "?done=credential-revoked");
    }

    private Team changeable(UUID id) {
        return credentials.teamToManage(actor, id);
    }

    private static String base(Team team) {
        return "/teams/" + team.id() + "/credentials";
    }
}

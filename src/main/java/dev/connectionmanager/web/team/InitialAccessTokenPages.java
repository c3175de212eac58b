package dev.connectionmanager.web.team;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.token.InitialAccessToken;
import dev.connectionmanager.registration.token.InitialAccessTokens;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The initial access tokens of a team: what may be known of them, made and revoked. */
@Path("/teams/{team_id}/initial-access-tokens")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class InitialAccessTokenPages {
    private final InitialAccessTokens tokens;
    private final Teams teams;
    private final Actor actor;
    private final RefusedForm refused;
    private final FormSubmission submission;
    private final Clock clock;
    private final String publicUrl;

    InitialAccessTokenPages(
            InitialAccessTokens tokens,
            Teams teams,
            Actor actor,
            RefusedForm refused,
            FormSubmission submission,
            Clock clock,
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.tokens = tokens;
        this.teams = teams;
        this.actor = actor;
        this.refused = refused;
        this.submission = submission;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    @CheckedTemplate(basePath = "initialAccessTokens")
    static class Templates {
        static native TemplateInstance all(TokensView view, String done);

        static native TemplateInstance form(InitialAccessTokenForm form);

        static native TemplateInstance issued(Team team, InitialAccessToken.Issued issued, String issuer);

        static native TemplateInstance revocation(Team team, InitialAccessToken token, String environment);
    }

    /** @param names of the environments, by their ids */
    record TokensView(
            Team team,
            List<InitialAccessToken> tokens,
            List<Environment> environments,
            Map<String, String> names,
            String publicUrl,
            boolean mayChange,
            Instant now) {}

    @GET
    public TemplateInstance all(@PathParam("team_id") UUID id, @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        var environments = tokens.environments();
        return Templates.all(
                new TokensView(
                        team,
                        tokens.all(actor, id),
                        environments,
                        names(environments),
                        publicUrl,
                        actor.is(Role.ADMIN, id),
                        clock.instant()),
                SuccessMessages.said(done));
    }

    private static Map<String, String> names(List<Environment> environments) {
        return environments.stream().collect(Collectors.toMap(Environment::id, Environment::name));
    }

    @GET
    @Path("new")
    public TemplateInstance ask(@PathParam("team_id") UUID id) {
        var team = tokens.teamToManage(actor, id);
        return Templates.form(
                refused.present()
                        ? InitialAccessTokenForm.typed(
                                team, tokens.environments(), refused.fields(), refused.violations())
                        : InitialAccessTokenForm.empty(team, tokens.environments()));
    }

    /** Answers with the token itself, not with a redirect: it is kept nowhere to be shown later. */
    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response issue(@PathParam("team_id") UUID id, MultivaluedMap<String, String> fields) {
        var team = tokens.teamToManage(actor, id);
        var form = InitialAccessTokenForm.typed(team, tokens.environments(), fields, Violations.NONE);
        var issued = tokens.issue(actor, id, Parsed.typed(form.candidate(clock.instant())));
        var issuer = publicUrl + "/connect/" + issued.metadata().environment();
        return submission.showOnce(Templates.issued(team, issued, issuer), base(id), null);
    }

    @GET
    @Path("{initial_access_token_id}/revocation")
    public TemplateInstance confirmRevocation(
            @PathParam("team_id") UUID id, @PathParam("initial_access_token_id") UUID token) {
        var team = tokens.teamToManage(actor, id);
        var found = tokens.find(actor, id, token);
        return Templates.revocation(team, found, names(tokens.environments()).get(found.environment()));
    }

    @POST
    @Path("{initial_access_token_id}/revocation")
    public Response revoke(@PathParam("team_id") UUID id, @PathParam("initial_access_token_id") UUID token) {
        tokens.teamToManage(actor, id);
        // Revoked by somebody else since the page was opened: it is what was wanted.
        if (tokens.all(actor, id).stream().anyMatch(one -> one.id().equals(token))) {
            tokens.revoke(actor, id, token);
        }
        return Redirect.to(base(id) + "?done=initial-access-token-ended");
    }

    private static String base(UUID team) {
        return "/teams/" + team + "/initial-access-tokens";
    }
}

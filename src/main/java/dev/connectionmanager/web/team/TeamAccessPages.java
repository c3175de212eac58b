package dev.connectionmanager.web.team;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamRequest;
import dev.connectionmanager.team.TeamRequests;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.NewTeam;
import dev.connectionmanager.team.rules.TeamDecision;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.form.TeamForm;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Operators open the door: they give teams access, on request or because a Team ID was sent to them. */
@Path("/review")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class TeamAccessPages {
    private static final int PAGE = 20;

    private final Teams teams;
    private final TeamRequests requests;
    private final Actor actor;
    private final RefusedForm refused;

    TeamAccessPages(Teams teams, TeamRequests requests, Actor actor, RefusedForm refused) {
        this.teams = teams;
        this.requests = requests;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "teamRequests")
    static class Templates {
        static native TemplateInstance form(TeamForm form);

        static native TemplateInstance queue(Page<TeamRequest> requests, TeamRequest.State state);

        static native TemplateInstance decision(
                TeamRequest request, boolean own, TeamDecision typed, FormErrors errors, String done);
    }

    @GET
    @Path("teams/new")
    public TemplateInstance give() {
        actor.asOperator();
        return Templates.form(
                TeamForm.typed(TeamForm.Purpose.GIVE, refused.fields()).with(refused.errors("team_id")));
    }

    @POST
    @Path("teams/new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response give(MultivaluedMap<String, String> fields) {
        actor.asOperator();
        var typed = TeamForm.typed(TeamForm.Purpose.GIVE, fields);
        var candidate = new NewTeam(typed.teamId(), typed.name(), typed.categories(), typed.email());
        var team = teams.create(actor, Parsed.typed(candidate));
        return Redirect.to("/teams/" + team.id() + "/members?done=access");
    }

    @GET
    @Path("team-requests")
    public TemplateInstance queue(
            @QueryParam("state") @DefaultValue("pending") String state, @QueryParam("cursor") String cursor) {
        actor.asOperator();
        var shown = TeamRequest.State.ofCode(state).orElseThrow(Refusal.NotFound::new);
        return Templates.queue(requests.page(actor, shown, Cursors.position(cursor, Cursor::parseTimed), PAGE), shown);
    }

    @GET
    @Path("team-requests/{team_request_id}")
    public TemplateInstance one(@PathParam("team_request_id") UUID id, @QueryParam("done") String done) {
        actor.asOperator();
        var request = requests.find(actor, id);
        var typed = decision(refused.text("outcome", ""), refused.text("reason", ""));
        return Templates.decision(
                request, request.isOf(actor), typed, refused.errors("outcome"), SuccessMessages.said(done));
    }

    @POST
    @Path("team-requests/{team_request_id}/decision")
    @FormPage("/review/team-requests/{team_request_id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(
            @PathParam("team_request_id") UUID id,
            @FormParam("outcome") @DefaultValue("") String outcome,
            @FormParam("reason") @DefaultValue("") String reason) {
        actor.asOperator();
        requests.decide(actor, id, Parsed.typed(decision(outcome, reason)));
        return Redirect.to("/review/team-requests/" + id + "?done=team-request-decided");
    }

    /** A text box sends line ends as CR LF, whatever was typed. */
    private static TeamDecision decision(String outcome, String reason) {
        return new TeamDecision(outcome, reason);
    }
}

package dev.connectionmanager.web.team;

import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamRequest;
import dev.connectionmanager.team.TeamRequests;
import dev.connectionmanager.team.rules.TeamRequestCandidate;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.form.TeamForm;
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

/** A newcomer asks for access for their team, and sees what becomes of it. */
@Path("/team-requests")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class TeamRequestPages {
    private final TeamRequests requests;
    private final Actor actor;
    private final RefusedForm refused;

    TeamRequestPages(TeamRequests requests, Actor actor, RefusedForm refused) {
        this.requests = requests;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "teamRequests")
    static class Templates {
        static native TemplateInstance request(TeamRequest request);
    }

    @GET
    @Path("new")
    public TemplateInstance ask() {
        return TeamAccessPages.Templates.form(
                refused.present()
                        ? TeamForm.typed(TeamForm.Purpose.ASK, refused.fields()).with(refused.errors("team_id"))
                        : TeamForm.empty(TeamForm.Purpose.ASK, actor.email()));
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(MultivaluedMap<String, String> fields) {
        var typed = TeamForm.typed(TeamForm.Purpose.ASK, fields);
        var candidate = new TeamRequestCandidate(typed.teamId(), typed.name(), typed.categories(), typed.email());
        return Redirect.to(
                "/team-requests/" + requests.ask(actor, Parsed.typed(candidate)).id());
    }

    @GET
    @Path("{team_request_id}")
    public TemplateInstance one(@PathParam("team_request_id") UUID id) {
        return Templates.request(requests.find(actor, id));
    }
}

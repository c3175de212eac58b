package dev.connectionmanager.api.team;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.NewTeam;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

@Path("/api/v1/teams")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class TeamsResource {
    private final Teams teams;
    private final Actor actor;

    TeamsResource(Teams teams, Actor actor) {
        this.teams = teams;
        this.actor = actor;
    }

    @GET
    public ItemList<TeamView> all(@QueryParam("search") @DefaultValue("") String search, @BeanParam PageQuery page) {
        return page.list(page.position(), (after, most) -> teams.page(actor, search, after, most), TeamView::of);
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(byte[] body) {
        var team = teams.create(actor, JsonBody.parse(body, NewTeam.class));
        return Tagged.of(
                        Response.status(Response.Status.CREATED)
                                .header(HttpHeaders.LOCATION, "/api/v1/teams/" + team.id())
                                .entity(TeamView.of(team)),
                        team.tag())
                .build();
    }

    @GET
    @Path("{team_id}")
    public Response one(@PathParam("team_id") UUID id, @HeaderParam("If-None-Match") String ifNoneMatch) {
        var team = teams.find(actor, id);
        return Tagged.read(ifNoneMatch, team.tag(), TeamView.of(team));
    }

    @PATCH
    @Path("{team_id}")
    @Consumes({JsonBody.MERGE_PATCH, MediaType.APPLICATION_JSON})
    public Response change(
            @PathParam("team_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            byte[] body) {
        var teamId = id;
        var patch = JsonBody.object(body);
        var team = teams.change(
                actor,
                teamId,
                current -> JsonBody.patched(
                        current.settings(),
                        patch,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("team_id", current.id().toString())),
                new Precondition(ifMatch, ifNoneMatch));
        return Tagged.of(Response.ok(TeamView.of(team)), team.tag()).build();
    }

    record TeamView(UUID teamId, String name, List<String> categories) {
        static TeamView of(Team team) {
            return new TeamView(
                    team.id(),
                    team.name(),
                    team.categories().stream().map(Category::code).toList());
        }
    }
}

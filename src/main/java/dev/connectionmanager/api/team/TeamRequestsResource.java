package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamRequest;
import dev.connectionmanager.team.TeamRequests;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.TeamDecision;
import dev.connectionmanager.team.rules.TeamRequestCandidate;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Path("/api/v1/team-requests")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class TeamRequestsResource {
    private final TeamRequests requests;
    private final Actor actor;

    TeamRequestsResource(TeamRequests requests, Actor actor) {
        this.requests = requests;
        this.actor = actor;
    }

    @GET
    public ItemList<TeamRequestView> list(@QueryParam("state") String state, @BeanParam PageQuery page) {
        var wanted = state(state);
        return page.list(
                page.timedPosition(), (after, most) -> requests.page(actor, wanted, after, most), TeamRequestView::of);
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response ask(byte[] body) {
        var request = requests.ask(actor, JsonBody.parse(body, TeamRequestCandidate.class));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/team-requests/" + request.id())
                .entity(TeamRequestView.of(request))
                .build();
    }

    @GET
    @Path("{team_request_id}")
    public TeamRequestView one(@PathParam("team_request_id") UUID id) {
        return TeamRequestView.of(requests.find(actor, id));
    }

    @POST
    @Path("{team_request_id}/decision")
    @Consumes(MediaType.APPLICATION_JSON)
    public TeamRequestView decide(@PathParam("team_request_id") UUID id, byte[] body) {
        var request = requests.find(actor, id);
        return TeamRequestView.of(requests.decide(actor, request.id(), JsonBody.parse(body, TeamDecision.class)));
    }

    private static TeamRequest.State state(String code) {
        return code == null
                ? null
                : TeamRequest.State.ofCode(code)
                        .orElseThrow(() -> new Refusal.Malformed(Reason.PARAMETER_INVALID, "team-request-state")
                                .with("parameter", "state"));
    }

    record TeamRequestView(
            UUID id,
            UUID teamId,
            String name,
            List<String> categories,
            String contact,
            String requestedBy,
            Instant createdAt,
            String state,
            String reason,
            Instant decidedAt) {
        static TeamRequestView of(TeamRequest request) {
            return new TeamRequestView(
                    request.id(),
                    request.teamId(),
                    request.name(),
                    request.categories().stream().map(Category::code).toList(),
                    request.contact(),
                    request.requesterName(),
                    request.createdAt(),
                    request.state().code(),
                    request.reason().orElse(null),
                    request.decidedAt().orElse(null));
        }
    }
}

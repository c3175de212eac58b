package dev.connectionmanager.api.testuser;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.testuser.TestUserRequest;
import dev.connectionmanager.testuser.TestUserRequestCandidate;
import dev.connectionmanager.testuser.TestUserRequests;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Path("/api/v1/teams/{team_id}/test-user-requests")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class TestUserRequestsResource {
    private final TestUserRequests requests;
    private final Actor actor;

    TestUserRequestsResource(TestUserRequests requests, Actor actor) {
        this.requests = requests;
        this.actor = actor;
    }

    @GET
    public ItemList<RequestView> all(@PathParam("team_id") UUID team, @BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(),
                (after, most) -> requests.page(actor, team, after, most),
                RequestView::of,
                () -> requests.count(actor, team));
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response ask(@PathParam("team_id") UUID team, byte[] body) {
        var request = requests.ask(actor, team, JsonBody.parse(body, TestUserRequestCandidate.class));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/teams/" + team + "/test-user-requests/" + request.id())
                .entity(RequestView.of(request))
                .build();
    }

    @GET
    @Path("{test_user_request_id}")
    public RequestView one(@PathParam("team_id") UUID team, @PathParam("test_user_request_id") UUID id) {
        return RequestView.of(requests.find(actor, team, id));
    }

    /** That they have come. */
    @POST
    @Path("{test_user_request_id}/receipt")
    public RequestView receive(
            @PathParam("team_id") UUID team,
            @PathParam("test_user_request_id") UUID id,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return RequestView.of(requests.receive(actor, team, id));
    }

    record RequestView(
            UUID id,
            String environment,
            String state,
            int number,
            String organisation,
            List<String> roles,
            boolean smartcards,
            String note,
            boolean mailed,
            String askedBy,
            Instant askedAt,
            Instant receivedAt) {
        static RequestView of(TestUserRequest request) {
            return new RequestView(
                    request.id(),
                    request.environment(),
                    request.state(),
                    request.numberWanted(),
                    request.organisation(),
                    request.roles(),
                    request.smartcards(),
                    request.note(),
                    request.mailed(),
                    request.askedBy(),
                    request.askedAt(),
                    request.receivedAt());
        }
    }
}

package dev.connectionmanager.api.testuser;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.mock.user.BuiltInUsers;
import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.testuser.Authenticator;
import dev.connectionmanager.testuser.TestUser;
import dev.connectionmanager.testuser.TestUserCandidate;
import dev.connectionmanager.testuser.TestUsers;
import dev.connectionmanager.wording.Finding;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

@Path("/api/v1/teams/{team_id}/test-users")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class TestUsersResource {
    private static final String MOCK = "mock";
    /** What answers say of it beside. */
    private static final Set<String> COMPUTED = Set.of("warnings", "made_up");

    private final TestUsers users;
    private final BuiltInUsers ofTheMock;
    private final Actor actor;

    TestUsersResource(TestUsers users, BuiltInUsers ofTheMock, Actor actor) {
        this.users = users;
        this.ofTheMock = ofTheMock;
        this.actor = actor;
    }

    /** @param environment one alone; that of the mock has the mock's own users too */
    @GET
    public ItemList<TestUserView> all(
            @PathParam("team_id") UUID team, @QueryParam("environment") String environment, @BeanParam PageQuery page) {
        var ofTeam = users.all(actor, team).stream().map(user -> TestUserView.of(user, null));
        var every = Stream.concat(ofTeam, MOCK.equals(environment) ? own() : Stream.<TestUserView>empty())
                .filter(user -> environment == null || user.environment().equals(environment))
                .toList();
        return page.list(every, user -> user.environment() + user.uuid(), Function.identity());
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@PathParam("team_id") UUID team, byte[] body) {
        var kept = users.add(actor, team, JsonBody.parse(body, TestUserCandidate.class));
        return Response.status(Response.Status.CREATED)
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/teams/" + team + "/test-users/" + kept.user().id())
                .entity(TestUserView.of(kept.user(), Finding.of(kept.warnings())))
                .build();
    }

    @GET
    @Path("{test_user_id}")
    public TestUserView one(@PathParam("team_id") UUID team, @PathParam("test_user_id") UUID id) {
        return TestUserView.of(users.find(actor, team, id), null);
    }

    @PATCH
    @Path("{test_user_id}")
    @Consumes({JsonBody.MERGE_PATCH, MediaType.APPLICATION_JSON})
    public TestUserView change(@PathParam("team_id") UUID team, @PathParam("test_user_id") UUID id, byte[] body) {
        var patch = JsonBody.object(body);
        var there = users.find(actor, team, id);
        var readOnly = JsonNodeFactory.instance
                .objectNode()
                .put("id", id.toString())
                .put("created_at", there.madeAt().toString());
        var kept = users.change(actor, team, id, now -> JsonBody.patched(now, patch, readOnly, COMPUTED));
        return TestUserView.of(kept.user(), Finding.of(kept.warnings()));
    }

    @DELETE
    @Path("{test_user_id}")
    public Response remove(@PathParam("team_id") UUID team, @PathParam("test_user_id") UUID id) {
        users.remove(actor, team, id);
        return Response.noContent().build();
    }

    private Stream<TestUserView> own() {
        return ofTheMock.all().stream().map(TestUserView::of);
    }

    /**
     * @param id {@code null} for the mock's own
     * @param madeUp of the mock's own, who they are; {@code null} for a team's
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record TestUserView(
            UUID id,
            String environment,
            String uuid,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<String> roles,
            String holder,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<String> authenticators,
            String madeUp,
            Instant createdAt,
            List<Finding> warnings) {
        static TestUserView of(TestUser user, List<Finding> warnings) {
            var known = user.asCandidate();
            return new TestUserView(
                    user.id(),
                    known.environment(),
                    known.uuid(),
                    known.roles(),
                    known.holder(),
                    known.authenticators(),
                    null,
                    user.madeAt(),
                    warnings);
        }

        static TestUserView of(MockUser user) {
            return new TestUserView(
                    null,
                    MOCK,
                    user.uuid(),
                    user.roles().stream().map(MockUser.NationalRole::roleCode).toList(),
                    null,
                    Stream.of(Authenticator.values())
                            .filter(one -> one.amr().equals(user.authenticator()))
                            .map(Authenticator::code)
                            .toList(),
                    user.name() + ": " + user.about(),
                    null,
                    null);
        }
    }
}

package dev.connectionmanager.api.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.fault.WantedFaults.Wanted;
import dev.connectionmanager.mock.provider.OwnIssuers.Own;
import dev.connectionmanager.mock.test.KeyStep;
import dev.connectionmanager.mock.test.NewFault;
import dev.connectionmanager.mock.test.TestKeys;
import dev.connectionmanager.mock.test.TestParts;
import dev.connectionmanager.mock.test.TestParts.AskedClient;
import dev.connectionmanager.mock.test.Tests;
import dev.connectionmanager.mock.user.MockUser;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** What a test consists of, for whoever has its token. */
@Path(MockSettings.ROOT + "/tests/{test_id}")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
class TestPartsResource {
    private final Tests tests;
    private final TestParts parts;
    private final TestKeys keys;

    TestPartsResource(Tests tests, TestParts parts, TestKeys keys) {
        this.tests = tests;
        this.parts = parts;
        this.keys = keys;
    }

    @GET
    @Path("clients")
    public ItemList<JsonNode> clients(
            @PathParam("test_id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return ItemList.all(parts.clients(own(id, authorization)).stream()
                .map(TestPartsResource::byCodes)
                .toList());
    }

    /** The answer has their secrets, this once. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("clients")
    public Response replaceClients(
            @PathParam("test_id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            byte[] body) {
        var own = own(id, authorization);
        var asked = items(body).stream().map(TestPartsResource::asked).toList();
        return Response.ok(ItemList.all(parts.replaceClients(own, asked).stream()
                        .map(TestPartsResource::byCodes)
                        .toList()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Path("users")
    public ItemList<MockUser> users(
            @PathParam("test_id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return ItemList.all(parts.users(own(id, authorization)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("users")
    public ItemList<MockUser> replaceUsers(
            @PathParam("test_id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            byte[] body) {
        return ItemList.all(parts.replaceUsers(
                own(id, authorization),
                items(body).stream().map(Object::toString).toList()));
    }

    @GET
    @Path("clock")
    public ClockView clock(
            @PathParam("test_id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return ClockView.of(own(id, authorization));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("clock")
    public ClockView setClock(
            @PathParam("test_id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            byte[] body) {
        var own = own(id, authorization);
        var asked = JsonBody.parse(body, NewClock.class);
        return ClockView.of(
                parts.setClock(own, asked.map(NewClock::time), asked.candidate().runs()));
    }

    @GET
    @Path("faults")
    public ItemList<Wanted> faults(
            @PathParam("test_id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return ItemList.all(parts.faults(own(id, authorization)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("faults")
    public Response want(
            @PathParam("test_id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            byte[] body) {
        var own = own(id, authorization);
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, MockSettings.ROOT + "/tests/" + id + "/faults")
                .entity(parts.want(own, JsonBody.parse(body, NewFault.class)))
                .build();
    }

    @DELETE
    @Path("faults")
    public Response forgetFaults(
            @PathParam("test_id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        parts.forgetFaults(own(id, authorization));
        return Response.noContent().build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("keys")
    public Response turnKeys(
            @PathParam("test_id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            byte[] body) {
        keys.turn(own(id, authorization), JsonBody.parse(body, KeyStep.class));
        return Response.noContent().build();
    }

    @GET
    @Path("log")
    public ItemList<JsonNode> log(
            @PathParam("test_id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @BeanParam PageQuery page) {
        var own = own(id, authorization);
        return page.list(
                page.timedPosition(), (after, most) -> parts.log(own, after, most), TestPartsResource::byCodes);
    }

    /** Choices by their codes, not by the names that they have in the program. */
    private static JsonNode byCodes(Object value) {
        return StoredJson.mapper().valueToTree(value);
    }

    private Own own(String id, String authorization) {
        return tests.ofBearer(id, authorization);
    }

    private static List<ObjectNode> items(byte[] body) {
        return ItemsOfBody.read(JsonBody.object(body));
    }

    /** RFC 7591 section 2: what is not understood is passed over. */
    private static AskedClient asked(ObjectNode json) {
        var jwks = json.path("jwks");
        return new AskedClient(candidate(json), jwks.isMissingNode() || jwks.isNull() ? null : text(jwks));
    }

    private static Candidate candidate(ObjectNode json) {
        return new JsonMembers(json).bind(Candidate.class);
    }

    private static String text(JsonNode node) {
        return node.toString();
    }

    /** @param time RFC 3339; where the clock shall stand now */
    record NewClock(String time, Boolean runs) {}

    /** @param runs whether it goes on, or stands */
    record ClockView(Instant time, boolean runs) {
        static ClockView of(Own own) {
            return new ClockView(own.issuer().clock().instant(), own.clockRuns());
        }
    }
}

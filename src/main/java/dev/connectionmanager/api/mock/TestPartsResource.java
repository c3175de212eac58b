package dev.connectionmanager.api.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.fault.WantedFaults.Wanted;
import dev.connectionmanager.mock.provider.OwnIssuers.Own;
import dev.connectionmanager.mock.test.KeyStep;
import dev.connectionmanager.mock.test.NewFault;
import dev.connectionmanager.mock.test.TestKeys;
import dev.connectionmanager.mock.test.TestParts;
import dev.connectionmanager.mock.test.TestParts.AskedClient;
import dev.connectionmanager.mock.test.TestParts.MadeClient;
import dev.connectionmanager.mock.user.MockUser;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What a test consists of, for whoever has its token. */
@Path(MockSettings.ROOT + "/tests/{" + AskedTest.ID + "}")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
class TestPartsResource {
    private final AskedTest asked;
    private final TestParts parts;
    private final TestKeys keys;
    private final MockSettings settings;

    TestPartsResource(AskedTest asked, TestParts parts, TestKeys keys, MockSettings settings) {
        this.settings = settings;
        this.asked = asked;
        this.parts = parts;
        this.keys = keys;
    }

    @GET
    @Path("clients")
    public ItemList<ObjectNode> clients() {
        return ItemList.all(
                parts.clients(asked.own()).stream().map(TestPartsResource::view).toList());
    }

    /** The answer has their secrets, this once. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("clients")
    public Response replaceClients(byte[] body) {
        var own = asked.own();
        var wanted = items(body).stream().map(TestPartsResource::asked).toList();
        return Response.ok(ItemList.all(parts.replaceClients(own, wanted).stream()
                        .map(TestPartsResource::view)
                        .toList()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Path("users")
    public ItemList<MockUser> users() {
        return ItemList.all(parts.users(asked.own()));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("users")
    public ItemList<MockUser> replaceUsers(byte[] body) {
        return ItemList.all(parts.replaceUsers(
                asked.own(), items(body).stream().map(Object::toString).toList()));
    }

    @GET
    @Path("clock")
    public ClockView clock() {
        return ClockView.of(asked.own());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("clock")
    public ClockView setClock(byte[] body) {
        var own = asked.own();
        var sent = JsonBody.parse(body, NewClock.class);
        return ClockView.of(
                parts.setClock(own, sent.map(NewClock::time), sent.candidate().runs()));
    }

    @GET
    @Path("faults")
    public ItemList<Wanted> faults() {
        return ItemList.all(parts.faults(asked.own()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("faults")
    public Response want(byte[] body) {
        var own = asked.own();
        return Response.status(Response.Status.CREATED)
                .header(
                        HttpHeaders.LOCATION,
                        settings.base() + "/tests/" + own.issuer().id() + "/faults")
                .entity(parts.want(own, JsonBody.parse(body, NewFault.class)))
                .build();
    }

    @DELETE
    @Path("faults")
    public Response forgetFaults() {
        parts.forgetFaults(asked.own());
        return Response.noContent().build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("keys")
    public Response turnKeys(byte[] body) {
        keys.turn(asked.own(), JsonBody.parse(body, KeyStep.class));
        return Response.noContent().build();
    }

    @GET
    @Path("log")
    public ItemList<LogInView> log(@BeanParam PageQuery page) {
        var own = asked.own();
        return page.list(page.timedPosition(), (after, most) -> parts.log(own, after, most), LogInView::of);
    }

    /** Its metadata, with its ID, and with its secret in the answer that makes it. */
    private static ObjectNode view(MadeClient client) {
        var json = JsonMembers.of(client.metadata().asCandidate());
        json.put("client_id", client.clientId());
        if (client.clientSecret() != null) {
            json.put("client_secret", client.clientSecret());
        }
        if (client.jwks() != null) {
            json.set("jwks", JsonBody.object(client.jwks().getBytes(StandardCharsets.UTF_8)));
        }
        return json;
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

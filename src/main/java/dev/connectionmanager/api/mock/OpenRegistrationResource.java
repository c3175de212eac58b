package dev.connectionmanager.api.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Sets;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.OpenRegistration;
import dev.connectionmanager.mock.client.OwnClients;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.wording.Finding;
import dev.connectionmanager.wording.RegistrationError;
import dev.connectionmanager.wording.RuleSentences;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** Test clients for anybody, by OpenID Connect Dynamic Client Registration 1.0 and RFC 7591: keys come by value. */
@Path(MockSettings.ROOT + "/register")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class OpenRegistrationResource {
    private static final String METADATA = "invalid_client_metadata";
    private static final String JWKS_URI = "jwks_uri";

    private final OpenRegistration registration;
    private final OwnClients own;
    private final MockSettings settings;
    private final RoutingContext connection;

    OpenRegistrationResource(
            OpenRegistration registration, OwnClients own, MockSettings settings, RoutingContext connection) {
        this.registration = registration;
        this.own = own;
        this.settings = settings;
        this.connection = connection;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(byte[] body) {
        ObjectNode json;
        try {
            json = JsonBody.object(body);
        } catch (Refusal.Malformed malformed) {
            return refused(new RegistrationError(METADATA, RuleSentences.of(malformed), null));
        }
        if (json.hasNonNull(JWKS_URI)) {
            return refused(new RegistrationError(
                    METADATA, "jwks_uri is refused here: send the keys themselves, as jwks", null));
        }
        var sent = candidate(json);
        if (sent.violations().block()) {
            return refused(sent.violations());
        }
        var jwks = json.get("jwks");
        var result = registration.register(
                sent.candidate(),
                jwks == null || jwks.isNull() ? null : jwks.toString(),
                connection.get(MockSettings.NETWORK));
        return result.client() == null ? refused(result.found()) : made(result);
    }

    /** RFC 7591 section 2: what is not understood is passed over. */
    private static Parsed<Candidate> candidate(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = members.bind(Candidate.class);
        return members.ignore(Sets.newHashSet(json.fieldNames())).parsed(candidate);
    }

    private Response made(OpenRegistration.Result result) {
        var client = result.client();
        var json = view(client.clientId(), result.metadata(), client.at());
        if (client.secret() != null) {
            json.put("client_secret", client.secret());
            json.put("client_secret_expires_at", 0);
        }
        json.put("registration_access_token", client.token());
        return unkept(Response.Status.CREATED.getStatusCode()).entity(json).build();
    }

    private ObjectNode view(String clientId, ClientMetadata metadata, Instant madeAt) {
        var json = JsonMembers.of(metadata.asCandidate());
        json.put("client_id", clientId);
        json.put("client_id_issued_at", madeAt.getEpochSecond());
        json.put("registration_client_uri", settings.issuer() + "/register/" + clientId);
        json.putArray("grant_types").add("authorization_code");
        json.putArray("response_types").add("code");
        return json;
    }

    /** RFC 7592 section 2.1; without its secret and token, of which no other answer than the first knows. */
    @GET
    @Path("{client_id}")
    public Response one(
            @PathParam("client_id") String clientId, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return own.ofBearer(clientId, authorization)
                .map(client -> unkept(200)
                        .entity(view(client.clientId(), client.metadata(), client.madeAt()))
                        .build())
                .orElseGet(OpenRegistrationResource::notTheirs);
    }

    @DELETE
    @Path("{client_id}")
    public Response end(
            @PathParam("client_id") String clientId, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return own.ofBearer(clientId, authorization)
                .map(client -> {
                    own.end(client);
                    return Response.noContent().build();
                })
                .orElseGet(OpenRegistrationResource::notTheirs);
    }

    /** What was seen of the client’s requests, the latest first. */
    @GET
    @Path("{client_id}/log")
    public Response log(
            @PathParam("client_id") String clientId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @BeanParam PageQuery page) {
        return own.ofBearer(clientId, authorization)
                .map(client -> Response.ok(page.list(
                                page.timedPosition(), (after, most) -> own.log(client, after, most), LogInView::of))
                        .build())
                .orElseGet(OpenRegistrationResource::notTheirs);
    }

    /** RFC 7592 section 2: one that there is not is not told apart. */
    private static Response notTheirs() {
        return unkept(Response.Status.UNAUTHORIZED.getStatusCode())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .entity(new RegistrationError(
                        "invalid_token", "This is not the registration access token of this client", null))
                .build();
    }

    private static Response refused(Violations found) {
        var blocking =
                new Violations(found.all().stream().filter(Violation::blocks).toList());
        return refused(RegistrationError.rejected(Finding.of(blocking)));
    }

    private static Response refused(RegistrationError error) {
        return unkept(Response.Status.BAD_REQUEST.getStatusCode()).entity(error).build();
    }

    private static Response.ResponseBuilder unkept(int status) {
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache");
    }
}

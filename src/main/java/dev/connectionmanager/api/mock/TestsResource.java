package dev.connectionmanager.api.mock;

import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.audit.CorrelationId;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.credential.ApiToken;
import dev.connectionmanager.credential.CredentialRefused;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.provider.OwnIssuers.Own;
import dev.connectionmanager.mock.test.Tests;
import dev.connectionmanager.team.TeamCredential;
import dev.connectionmanager.wording.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;

/** Tests of one's own: made without an account, ended by whoever has the token. */
@Path(MockSettings.ROOT + "/tests")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
class TestsResource {
    private final Tests tests;
    private final AskedTest asked;
    private final MockSettings settings;
    private final ApiCredentials credentials;
    private final CorrelationId requestId;
    private final RoutingContext connection;

    TestsResource(
            Tests tests,
            AskedTest asked,
            MockSettings settings,
            ApiCredentials credentials,
            CorrelationId requestId,
            RoutingContext connection) {
        this.tests = tests;
        this.asked = asked;
        this.settings = settings;
        this.credentials = credentials;
        this.requestId = requestId;
        this.connection = connection;
    }

    @POST
    public Response make(@Context HttpHeaders headers, byte[] body) {
        JsonBody.refuseMembers(headers, body);
        try {
            var made = tests.make(
                    connection.get(MockSettings.NETWORK), team(headers.getHeaderString(HttpHeaders.AUTHORIZATION)));
            return ShownOnce.created(settings.base() + "/tests/" + made.id(), made);
        } catch (CredentialRefused e) {
            return Response.status(Response.Status.UNAUTHORIZED)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                    .type("application/problem+json")
                    .entity(Problem.of(401, e.reason(), requestId.value()))
                    .build();
        }
    }

    /** Whose credential was sent; {@code null} = none was. Nobody needs one, and what is no credential counts for nothing. */
    private UUID team(String authorization) {
        var token = authorization == null
                ? ""
                : authorization.replaceFirst("(?i)^bearer +", "").strip();
        return token.startsWith(ApiToken.PREFIX) && credentials.present(token) instanceof TeamCredential credential
                ? credential.teamId()
                : null;
    }

    @GET
    @Path("{" + AskedTest.ID + "}")
    public TestView one() {
        return TestView.of(asked.own());
    }

    @DELETE
    @Path("{" + AskedTest.ID + "}")
    public Response end() {
        tests.end(asked.own().issuer());
        return Response.noContent().build();
    }

    /** What was answered when it was made, but for its token. */
    record TestView(String id, String issuer, Instant expiresAt) {
        static TestView of(Own own) {
            return new TestView(own.issuer().id(), own.issuer().url(), own.endsAt());
        }
    }
}

package dev.connectionmanager.api.mock;

import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.audit.CorrelationId;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.credential.ApiToken;
import dev.connectionmanager.credential.CredentialRefused;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.test.Tests;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.team.TeamCredential;
import dev.connectionmanager.wording.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Tests of one's own: made without an account, ended by whoever has the token. */
@Path(MockSettings.ROOT + "/tests")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
class TestsResource {
    private static final int RETRY_SECONDS = 5;

    private final Tests tests;
    private final ApiCredentials credentials;
    private final CorrelationId requestId;
    private final RoutingContext connection;

    TestsResource(Tests tests, ApiCredentials credentials, CorrelationId requestId, RoutingContext connection) {
        this.tests = tests;
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
            return Response.status(Response.Status.CREATED)
                    .header(HttpHeaders.LOCATION, MockSettings.ROOT + "/tests/" + made.id())
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .entity(made)
                    .build();
        } catch (CredentialRefused e) {
            return Response.status(Response.Status.UNAUTHORIZED)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                    .type("application/problem+json")
                    .entity(Problem.of(401, e.reason(), requestId.value()))
                    .build();
        } catch (Tests.NoKey e) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .type("application/problem+json")
                    .entity(Problem.of(503, Reason.KEYS_NOT_READY, requestId.value()))
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

    @DELETE
    @Path("{test_id}")
    public Response end(@PathParam("test_id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        tests.end(tests.ofBearer(id, authorization).issuer());
        return Response.noContent().build();
    }
}

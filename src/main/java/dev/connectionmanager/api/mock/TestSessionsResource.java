package dev.connectionmanager.api.mock;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.logout.Logouts;
import dev.connectionmanager.mock.test.Tests;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The log-in sessions of a test: read, and ended with logout tokens for the test to send. */
@Path(MockSettings.ROOT + "/tests/{test_id}/sessions/{sid}")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
class TestSessionsResource {
    private final Tests tests;
    private final Logouts logouts;

    TestSessionsResource(Tests tests, Logouts logouts) {
        this.tests = tests;
        this.logouts = logouts;
    }

    @GET
    public Logouts.Used one(
            @PathParam("test_id") String id,
            @PathParam("sid") String sid,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return logouts.find(tests.ofBearer(id, authorization).issuer(), sid);
    }

    /** @param fault what is wrong with the logout tokens on purpose; absent = nothing */
    @DELETE
    public Response end(
            @PathParam("test_id") String id,
            @PathParam("sid") String sid,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("logout_token") String fault) {
        var tokens = logouts.end(tests.ofBearer(id, authorization).issuer(), sid, fault);
        return Response.ok(ItemList.all(tokens))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}

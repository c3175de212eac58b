package dev.connectionmanager.api.mock;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.logout.Logouts;
import dev.connectionmanager.mock.logout.OpenLogout;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The logout tokens of test clients that anybody made, for whoever has an ID token of the session that they end. */
@Path(MockSettings.ROOT + "/logout-tokens")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class LogoutTokensResource {
    private final Logouts logouts;

    LogoutTokensResource(Logouts logouts) {
        this.logouts = logouts;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response fetch(byte[] body) {
        var tokens = logouts.fetch(JsonBody.parse(body, OpenLogout.class));
        return Response.ok(ItemList.all(tokens))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}

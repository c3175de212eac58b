package dev.connectionmanager.api.tool;

import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.team.TeamCredential;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** Log-in of programs: {@code Authorization: SecretAuth} with a team's API credential gives a session. */
@Path("/api/auth")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
class AuthResource {
    private final ToolSessions sessions;
    private final SecurityIdentity identity;

    AuthResource(ToolSessions sessions, SecurityIdentity identity) {
        this.sessions = sessions;
        this.identity = identity;
    }

    /** Programs read the first cookie of the answer: there is no other. */
    @POST
    public Response logIn(@Context HttpHeaders headers, byte[] body) {
        JsonBody.refuseMembers(headers, body);
        var credential = (TeamCredential) identity.getPrincipal();
        var token = sessions.begin(credential);
        return Response.ok(new Session(token, List.of(credential.teamId())))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.SET_COOKIE,
                        Cookie.cookie(ToolSessions.COOKIE, token)
                                .setPath("/")
                                .setMaxAge(ToolSessions.LIFE.toSeconds())
                                .setSecure(true)
                                .setHttpOnly(true)
                                .setSameSite(CookieSameSite.STRICT)
                                .encode())
                .build();
    }

    /** @param teamIds a credential is of one team */
    record Session(String accessToken, List<UUID> teamIds) {}
}

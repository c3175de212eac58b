package dev.connectionmanager.session;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Where the OpenID Provider tells that a session is over: OpenID Connect Back-Channel Logout 1.0. The signed token is all
 * that counts; who sends it does not.
 */
@Path(BackChannelLogout.PATH)
@PermitAll
class BackChannelLogout {
    static final String PATH = "/logout/back-channel";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(BackChannelLogout.class);

    private final LogoutTokenCheck check;
    private final Sessions sessions;

    BackChannelLogout(LogoutTokenCheck check, Sessions sessions) {
        this.check = check;
        this.sessions = sessions;
    }

    /** Section 2.8: 200 when it was done, 400 when it was not; 503 when that could not be told, so that it comes again. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logOut(@FormParam("logout_token") List<String> logoutTokens) {
        if (logoutTokens.size() != 1) {
            return refused("Send exactly one logout_token");
        }
        try {
            var logout = check.judge(logoutTokens.get(0));
            return sessions.endByProvider(logout.id(), logout.subject(), logout.session())
                    ? Response.ok()
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .build()
                    : refused("This logout token was used before");
        } catch (BadJOSEException e) {
            LOG.infof("A logout token was refused: %s", e.getMessage());
            return refused(e.getMessage());
        } catch (KeySourceException e) {
            LOG.warnf("A logout token could not be judged without the OpenID Provider's keys: %s", e.getMessage());
            return answer(
                    Response.status(Response.Status.SERVICE_UNAVAILABLE)
                            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER.toSeconds()),
                    "temporarily_unavailable",
                    "The keys of the OpenID Provider cannot be read now");
        }
    }

    private static Response refused(String why) {
        return answer(Response.status(Response.Status.BAD_REQUEST), "invalid_request", why);
    }

    private static Response answer(Response.ResponseBuilder answer, String error, String why) {
        return answer.type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Map.of("error", error, "error_description", why))
                .build();
    }
}

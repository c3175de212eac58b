package dev.connectionmanager.openid;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.openid.connect.sdk.BackChannelLogoutRequest;
import dev.connectionmanager.openid.Grants.Session;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Tells the portal that a session is over, as foreign OpenID Providers do: by a request to its public address. Blocks for
 * some seconds at most, since people are sent on only then.
 */
@Singleton
class LogoutNotices {
    private static final Logger LOG = Logger.getLogger(LogoutNotices.class);
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(5).toMillis());

    private final Clients clients;
    private final Tokens tokens;

    LogoutNotices(Clients clients, Tokens tokens) {
        this.clients = clients;
        this.tokens = tokens;
    }

    void send(Session session) {
        try {
            var token = JWTParser.parse(tokens.logoutToken(session, clients.portal()));
            HTTPRequest request = new BackChannelLogoutRequest(clients.backChannelLogout(), token).toHTTPRequest();
            request.setConnectTimeout(PATIENCE);
            request.setReadTimeout(PATIENCE);
            var status = request.send().getStatusCode();
            if (status != 200) {
                LOG.warnf("The portal answered a logout token with %d", status);
            }
        } catch (IOException | ParseException e) {
            LOG.warn("The portal could not be told that a session is over", e);
        }
    }
}

package dev.connectionmanager.openid;

import com.nimbusds.oauth2.sdk.auth.Secret;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The two clients of the local OpenID Provider: the portal itself, and scripts on the same machine. */
@Singleton
class Clients {
    static final String COMMAND_LINE = "connection-manager-cli";
    private static final String LOOPBACK = "http://(127\\.0\\.0\\.1|\\[::1]|localhost)(:[0-9]{1,5})?(/[^#]*)?";

    private final String portal;
    private final Optional<String> secret;
    private final String publicUrl;

    Clients(
            @ConfigProperty(name = "quarkus.oidc.client-id") Optional<String> portal,
            @ConfigProperty(name = "quarkus.oidc.credentials.secret") Optional<String> secret,
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.portal = portal.orElse("");
        this.secret = secret;
        this.publicUrl = publicUrl;
    }

    boolean isPortal(String clientId) {
        return portal.equals(clientId);
    }

    /** Exact match for the portal; any port of loopback for scripts (RFC 8252 section 7.3). */
    boolean mayRedirect(String clientId, URI redirectUri) {
        if (redirectUri == null) {
            return false;
        }
        return isPortal(clientId)
                ? redirectUri.toString().equals(publicUrl + "/login/callback")
                : COMMAND_LINE.equals(clientId) && redirectUri.toString().matches(LOOPBACK);
    }

    boolean mayRedirectAfterLogout(URI redirectUri) {
        return redirectUri != null && redirectUri.toString().equals(publicUrl + "/");
    }

    /** Where the portal wants to hear that a session is over. */
    URI backChannelLogout() {
        return URI.create(publicUrl + "/logout/back-channel");
    }

    String portal() {
        return portal;
    }

    boolean authenticates(String clientId, Secret given) {
        return isPortal(clientId) && secret.isPresent() && given.equals(new Secret(secret.get()));
    }
}

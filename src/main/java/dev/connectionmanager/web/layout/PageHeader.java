package dev.connectionmanager.web.layout;

import dev.connectionmanager.session.SessionEnds;
import dev.connectionmanager.session.Sessions;
import dev.connectionmanager.team.OperatorRole;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.security.Principal;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who looks at a page, for its header. Rights are the acts' business, not this one's. */
@Named
@RequestScoped
public class PageHeader {
    private final SecurityIdentity identity;
    private final boolean local;
    private final OperatorRole operatorRole;
    private final RoutingContext request;

    PageHeader(
            SecurityIdentity identity,
            @ConfigProperty(name = "connection-manager.local", defaultValue = "false") boolean local,
            OperatorRole operatorRole,
            RoutingContext request) {
        this.identity = identity;
        this.request = request;
        this.local = local;
        this.operatorRole = operatorRole;
    }

    public boolean isLoggedIn() {
        return principal() instanceof JsonWebToken;
    }

    public String getName() {
        return principal() instanceof JsonWebToken token
                ? Objects.requireNonNullElse(token.<String>getClaim("name"), token.getSubject())
                : "";
    }

    /** Whether the log-in says so; the acts ask again. */
    public boolean isOperator() {
        return isLoggedIn() && operatorRole.isOf(identity);
    }

    /** When the session ends; {@code null} without one. */
    public SessionEnds getSession() {
        return Sessions.endsOf(request).orElse(null);
    }

    public boolean isLocal() {
        return local;
    }

    /** A page must not fail over a session or log-in that is not valid: then nobody is logged in. */
    private Principal principal() {
        try {
            return identity.isAnonymous() ? null : identity.getPrincipal();
        } catch (AuthenticationFailedException | AuthenticationCompletionException e) {
            return null;
        }
    }
}

package dev.connectionmanager.team;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who acts in this request, read from their log-in and from the database once. */
@RequestScoped
public class CurrentActor {
    private final SecurityIdentity identity;
    private final Teams teams;
    private final String operatorRole;
    private Actor actor;

    CurrentActor(
            SecurityIdentity identity,
            Teams teams,
            @ConfigProperty(name = "connection-manager.operator-role", defaultValue = "operator") String operatorRole) {
        this.identity = identity;
        this.teams = teams;
        this.operatorRole = operatorRole;
    }

    public boolean loggedIn() {
        return !identity.isAnonymous();
    }

    /** @throws UnauthorizedException when nobody is logged in */
    public Actor get() {
        if (actor == null) {
            actor = read();
        }
        return actor;
    }

    private Actor read() {
        if (identity.getPrincipal() instanceof TeamCredential credential) {
            return Actor.credential(credential);
        }
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new UnauthorizedException();
        }
        // An address that the OpenID Provider has not verified could be anybody's.
        var verified = Boolean.TRUE.equals(token.getClaim("email_verified"));
        String email = verified ? Objects.requireNonNullElse(token.<String>getClaim("email"), "") : "";
        String name = Objects.requireNonNullElse(token.<String>getClaim("name"), token.getSubject());
        return Actor.person(
                token.getSubject(),
                email,
                name,
                identity.hasRole(operatorRole),
                teams.rolesOf(token.getSubject(), email));
    }
}

package dev.connectionmanager.team;

import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.policy.NameText;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who acts in this request, read from their log-in and from the database once. */
@RequestScoped
public class CurrentActor {
    private static final int LONGEST_NAME = 200;

    private final SecurityIdentity identity;
    private final Teams teams;
    private final OperatorRole operatorRole;
    private final KnownOperators operators;
    private Actor actor;

    CurrentActor(SecurityIdentity identity, Teams teams, OperatorRole operatorRole, KnownOperators operators) {
        this.identity = identity;
        this.teams = teams;
        this.operatorRole = operatorRole;
        this.operators = operators;
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

    /**
     * Who acts, for resources that are made anew for each request.
     *
     * @throws UnauthorizedException when nobody is logged in
     */
    @Produces
    @Dependent
    Actor actor() {
        return get();
    }

    /** Whom a protocol's own token speaks for, where no log-in counts. */
    public void actsAs(Actor bearer) {
        actor = bearer;
    }

    /** Who acts, where an act has asked for it; never logs anybody in. */
    public Optional<Actor> known() {
        return Optional.ofNullable(actor);
    }

    private Actor read() {
        if (identity.getPrincipal() instanceof TeamCredential credential) {
            return Actor.credential(credential);
        }
        if (identity.getPrincipal() instanceof AuditCredential credential) {
            return Actor.auditor(credential);
        }
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new UnauthorizedException();
        }
        // An address that the OpenID Provider has not verified could be anybody's.
        var verified = Boolean.TRUE.equals(token.getClaim("email_verified"));
        var claimed = token.<String>getClaim("email");
        var email = verified && EmailAddress.valid(claimed) ? claimed : "";
        var name = shown(Objects.requireNonNullElse(token.<String>getClaim("name"), token.getSubject()));
        if (operatorRole.isOf(identity)) {
            operators.note(token.getSubject());
        }
        return Actor.person(
                token.getSubject(),
                email,
                name,
                operatorRole.isOf(identity),
                teams.rolesOf(token.getSubject(), email, name));
    }

    /** The OpenID Provider's words, as they are kept and shown: nothing invisible, and no more than a name needs. */
    public static String shown(String name) {
        return name.codePoints()
                .filter(NameText::visible)
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

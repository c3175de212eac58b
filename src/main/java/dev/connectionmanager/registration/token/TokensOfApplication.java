package dev.connectionmanager.registration.token;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationGuard;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A team that gives an application away keeps no token with which its programs would change the clients. */
@ApplicationScoped
@Priority(1)
class TokensOfApplication implements ApplicationGuard {
    private final RegistrationAccessTokens tokens;

    TokensOfApplication(RegistrationAccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<Refusal.Conflict> objection(Application application, Act act) {
        return Optional.empty();
    }

    @Override
    public void handedOver(Actor actor, Application application) {
        tokens.endAll(application.id());
    }
}

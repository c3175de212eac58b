package dev.connectionmanager.registration.token;

import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.credential.ApiToken;
import dev.connectionmanager.credential.CredentialRefused;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.NewClients;
import dev.connectionmanager.registration.NewClients.NewClient;
import dev.connectionmanager.registration.RegistrationEvent;
import dev.connectionmanager.registration.RegistrationEvents;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.BearerLimit;
import dev.connectionmanager.team.TeamCredential;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Registers clients for whoever brings an API credential of a team or an initial access token. RFC 7591 section 3. */
@ApplicationScoped
public class ClientRegistration {
    private final NewClients clients;
    private final ApiCredentials credentials;
    private final InitialAccessTokens initial;
    private final RegistrationAccessTokens tokens;
    private final RegistrationEvents events;
    private final BearerLimit limit;

    ClientRegistration(
            NewClients clients,
            ApiCredentials credentials,
            InitialAccessTokens initial,
            RegistrationAccessTokens tokens,
            RegistrationEvents events,
            BearerLimit limit) {
        this.clients = clients;
        this.credentials = credentials;
        this.initial = initial;
        this.tokens = tokens;
        this.events = events;
        this.limit = limit;
    }

    /**
     * Who registers.
     *
     * @param initialAccessToken that is used for it; empty for an API credential
     */
    public record Registrant(Actor actor, UUID team, Optional<UUID> initialAccessToken) {}

    /**
     * A client just registered.
     *
     * @param token its registration access token, in clear, for this one answer
     */
    public record RegisteredClient(RegistrationResult result, String token) {
        @Override
        public String toString() {
            return "RegisteredClient[" + result.registered().registration().clientId() + "]";
        }
    }

    /**
     * Whom a request comes from that brings this token.
     *
     * @param token empty for none
     * @throws TokenRefused for one that is neither, or works no more, or not in this environment
     * @throws Refusal.TooMany for a registrant that asks too often
     */
    public Registrant registrant(String environment, String token) {
        if (token.isEmpty()) {
            throw new TokenRefused(Reason.REGISTRATION_BEARER_NEEDED);
        }
        var registrant = known(environment, token);
        limit.take(registrant.actor());
        return registrant;
    }

    private Registrant known(String environment, String token) {
        if (token.startsWith(ApiToken.PREFIX)) {
            return ofCredential(token);
        }
        var found = initial.working(token, environment);
        return new Registrant(found.bearer(), found.teamId(), Optional.of(found.id()));
    }

    private Registrant ofCredential(String token) {
        try {
            if (credentials.present(token) instanceof TeamCredential credential) {
                return new Registrant(Actor.credential(credential), credential.teamId(), Optional.empty());
            }
            throw new TokenRefused(Reason.INITIAL_ACCESS_TOKEN_UNKNOWN);
        } catch (CredentialRefused refused) {
            throw new TokenRefused(refused.reason());
        }
    }

    /**
     * Makes an application of the team and registers it; the use of an initial access token is counted with it, and not where it is
     * refused.
     *
     * @throws TokenRefused for an initial access token that others have used up meanwhile
     * @throws Refusal as {@link NewClients#register}
     */
    public RegisteredClient register(Registrant registrant, String environment, Parsed<NewClient> sent) {
        var token = tokens.make();
        var result = clients.register(registrant.actor(), registrant.team(), environment, sent, registered -> {
            registrant.initialAccessToken().ifPresent(initial::use);
            var snapshot = registered.registered();
            tokens.give(snapshot.registration().id(), token);
            events.record(registrant.actor(), snapshot, RegistrationEvent.REGISTRATION_TOKEN_ISSUED, null, null);
        });
        return new RegisteredClient(result, token);
    }
}

package dev.connectionmanager.registration.token;

import com.google.common.hash.Hashing;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.RegistrationEvent;
import dev.connectionmanager.registration.RegistrationEvents;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.RegistrationWriter;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.token.RegistrationAccessTokens.PresentedToken;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.BearerLimit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a client does to its own registration with its registration access token. RFC 7592 section 2. Nothing is compared with what
 * the client believes to be there: what changes between reading and writing is read again.
 */
@ApplicationScoped
public class ClientConfiguration {
    private static final String SUBJECT = "registration-access-token:";
    /** Somebody else changes the registration at the same moment, so many times in a row. */
    private static final int MOST_TRIES = 3;

    private final Registrations registrations;
    private final RegistrationWriter writer;
    private final RegistrationAccessTokens tokens;
    private final RegistrationEvents events;
    private final BearerLimit limit;

    ClientConfiguration(
            Registrations registrations,
            RegistrationWriter writer,
            RegistrationAccessTokens tokens,
            RegistrationEvents events,
            BearerLimit limit) {
        this.registrations = registrations;
        this.writer = writer;
        this.tokens = tokens;
        this.events = events;
        this.limit = limit;
    }

    /**
     * What a client sends to replace its metadata.
     *
     * @param body as it came: the same one gets the same answer for a minute, if that was lost
     * @param reading reads it, of what is registered
     * @param answer made of what came of it and of the new token
     */
    public record Replacement(
            byte[] body,
            Function<RegistrationSnapshot, Parsed<Candidate>> reading,
            BiFunction<RegistrationResult, String, String> answer) {}

    /**
     * What is registered.
     *
     * @throws TokenRefused for a token of another client, or of none, as for a client that there is not
     * @throws Refusal.TooMany for a client that asks too often
     */
    public RegistrationSnapshot read(String environment, String clientId, String token) {
        return held(new PresentedToken(environment, clientId, token));
    }

    /** Who acts with the token of this client. */
    public Actor client(RegistrationSnapshot registered) {
        return Actor.token(
                SUBJECT + registered.registration().id(),
                "Client " + registered.registration().clientId(),
                registered.application().teamId(),
                null);
    }

    /**
     * Replaces what is registered; the token that asks for it ends, and the answer has another. Whatever the client's state is
     * stays as it is.
     *
     * @throws TokenRefused as {@link #read}
     * @throws Refusal as {@link Registrations#put}
     */
    public String replace(String environment, String clientId, String token, Replacement replacement) {
        var presented = new PresentedToken(environment, clientId, token);
        var sent = Hashing.sha256().hashBytes(replacement.body()).asBytes();
        for (int i = 1; ; i++) {
            var answered = answered(presented, sent);
            if (answered.isPresent()) {
                return answered.get();
            }
            try {
                return replace(presented, sent, replacement);
            } catch (TokenRefused dead) {
                // Unless the same request, sent twice at once, has replaced it since the line above.
                return answered(presented, sent).orElseThrow(() -> dead);
            } catch (Refusal.NotFound gone) {
                throw unknown();
            } catch (Refusal.Stale | Replaced meanwhile) {
                if (i == MOST_TRIES) {
                    throw meanwhile instanceof Refusal.Stale stale ? stale : unknown();
                }
            }
        }
    }

    private Optional<String> answered(PresentedToken presented, byte[] sent) {
        return QuarkusTransaction.requiringNew().call(() -> tokens.answered(presented, sent));
    }

    private String replace(PresentedToken presented, byte[] sent, Replacement replacement) {
        var before = held(presented);
        var actor = client(before);
        var next = tokens.make();
        var answer = new Object() {
            private String text;
        };
        registrations.put(
                actor,
                before.application().id(),
                presented.environment(),
                current -> replacement.reading().apply(current.orElseThrow(Refusal.Stale::new)),
                Precondition.matching(before.tag()),
                result -> {
                    answer.text = replacement.answer().apply(result, next);
                    var registered = result.registered();
                    if (!tokens.replace(registered.registration().id(), presented.token(), next, answer.text, sent)) {
                        throw new Replaced();
                    }
                    events.record(actor, registered, RegistrationEvent.REGISTRATION_TOKEN_REPLACED, null, null);
                });
        return answer.text;
    }

    /**
     * Deletes the registration, as its team could; the token ends with it.
     *
     * @throws TokenRefused and {@link Refusal.TooMany} as {@link #read}
     * @throws Refusal.Conflict while the client is suspended
     */
    public void delete(String environment, String clientId, String token) {
        var presented = new PresentedToken(environment, clientId, token);
        for (int i = 1; ; i++) {
            var registered = held(presented);
            try {
                QuarkusTransaction.requiringNew().run(() -> delete(presented, registered));
                return;
            } catch (Refusal.NotFound gone) {
                // Deleted since the token was found: it is dead, as for whoever comes later.
                throw unknown();
            } catch (Refusal.Stale meanwhile) {
                if (i == MOST_TRIES) {
                    throw meanwhile;
                }
            }
        }
    }

    private void delete(PresentedToken presented, RegistrationSnapshot registered) {
        registrations.delete(
                client(registered),
                registered.application().id(),
                presented.environment(),
                Precondition.matching(registered.tag()));
        if (!tokens.end(registered.registration().id(), presented.token())) {
            throw unknown();
        }
    }

    private RegistrationSnapshot held(PresentedToken presented) {
        var registered = QuarkusTransaction.requiringNew()
                .call(() -> tokens.registration(presented).flatMap(writer::existing))
                .orElseThrow(ClientConfiguration::unknown);
        limit.take(client(registered));
        return registered;
    }

    private static TokenRefused unknown() {
        return new TokenRefused(Reason.REGISTRATION_TOKEN_UNKNOWN);
    }

    /** The token was replaced by another request while this one was at work. */
    private static final class Replaced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Replaced() {
            super(null, null, false, false);
        }
    }
}

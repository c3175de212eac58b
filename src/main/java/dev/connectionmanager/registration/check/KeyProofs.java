package dev.connectionmanager.registration.check;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.endpoint.CheckedEndpoint;
import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.endpoint.LiveCheckRateLimit;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationEvent;
import dev.connectionmanager.registration.RegistrationEvents;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.key.KeyObservation;
import dev.connectionmanager.verification.key.KeyProof;
import dev.connectionmanager.verification.probe.CheckReport;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Proof, before the first token request, that a team holds the private part of a key that it publishes. What is signed
 * can never serve as a client assertion; what was pasted is judged and dropped.
 */
@ApplicationScoped
public class KeyProofs {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Registrations registrations;
    private final LiveChecks checks;
    private final EndpointChecks endpoints;
    private final LiveCheckRateLimit allowance;
    private final Environments environments;
    private final Applications applications;
    private final Stores.ChallengeStore challenges;
    private final Stores.ProvenKeyStore proven;
    private final RegistrationEvents events;
    private final Clock clock;
    private final String audience;

    KeyProofs(
            Registrations registrations,
            LiveChecks checks,
            EndpointChecks endpoints,
            LiveCheckRateLimit allowance,
            Environments environments,
            Applications applications,
            Stores.ChallengeStore challenges,
            Stores.ProvenKeyStore proven,
            RegistrationEvents events,
            Clock clock,
            @ConfigProperty(name = "connection-manager.public-url") String audience) {
        this.registrations = registrations;
        this.checks = checks;
        this.endpoints = endpoints;
        this.allowance = allowance;
        this.environments = environments;
        this.applications = applications;
        this.challenges = challenges;
        this.proven = proven;
        this.events = events;
        this.clock = clock;
        this.audience = audience;
    }

    /**
     * What can be proven, and what was.
     *
     * @param seenAt when the key set was checked last; empty where it never was
     * @param keys those of that check that can verify client assertions
     * @param proven every key that was ever proven, the latest first
     */
    public record Overview(
            RegistrationSnapshot registered,
            Optional<Instant> seenAt,
            List<KeyObservation> keys,
            List<ProvenKey> proven) {

        public boolean isProven(KeyObservation key) {
            return proven.stream().anyMatch(known -> known.thumbprint().equals(key.thumbprint()));
        }
    }

    public Overview overview(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        var report = checks.latest(actor, applicationId, environment).stream()
                .map(CheckedEndpoint::report)
                .filter(r -> r.field().equals(ClientEndpoint.JWKS.member()))
                .findFirst();
        return new Overview(
                registered,
                report.map(r -> r.at()),
                report.map(KeyProofs::usable).orElse(List.of()),
                proven.of(registered.registration().id()));
    }

    /**
     * Whether the team has proven that it holds a key that is published now.
     *
     * @param registered of the application, in any environment
     * @param reports of what is to be registered: where its key set was checked, only its keys count
     */
    public boolean anyProven(Actor actor, Stream<RegistrationSnapshot> registered, List<CheckReport> reports) {
        var published = reports.stream()
                .filter(report -> report.field().equals(ClientEndpoint.JWKS.member()))
                .findFirst()
                .map(KeyProofs::usable);
        // What names no keys now was proven with none that are published now, unless they are known already.
        return registered
                .filter(one -> published.isPresent() || one.metadata().jwksUri() != null)
                .map(one -> overview(
                        actor, one.application().id(), one.registration().environment()))
                .anyMatch(overview -> published.orElse(overview.keys()).stream().anyMatch(overview::isProven));
    }

    /** The keys of this check that can verify client assertions. */
    private static List<KeyObservation> usable(CheckReport keySet) {
        return keySet.keys().stream()
                .filter(key -> key.standing() == KeyObservation.Standing.USABLE && key.thumbprint() != null)
                .toList();
    }

    /**
     * Makes a challenge for a key that the portal has seen.
     *
     * @throws Refusal.Conflict when the key was not among those seen last
     */
    public KeyChallenge ask(Actor actor, UUID applicationId, String environmentId, String thumbprint) {
        var overview = overview(actor, applicationId, environmentId);
        actor.mustBe(Role.ADMIN, overview.registered().application().teamId());
        var key = overview.keys().stream()
                .filter(seen -> seen.thumbprint().equals(thumbprint))
                .findFirst()
                .orElseThrow(() -> new Refusal.Conflict(Reason.KEY_NOT_PUBLISHED));
        var algorithm = KeyProof.algorithm(
                        key,
                        overview.registered().metadata().tokenEndpointAuthSigningAlg(),
                        algorithms(environment(overview.registered())))
                .orElseThrow(() -> new Refusal.Conflict(Reason.KEY_FITS_NO_ALGORITHM));
        var nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        var challenge = new KeyChallenge(
                overview.registered().registration().id(),
                key,
                algorithm,
                Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
                clock.instant());
        QuarkusTransaction.requiringNew().run(() -> {
            challenges.dropOld(challenge.registrationId(), clock.instant());
            challenges.persist(challenge);
        });
        return challenge;
    }

    /** @throws Refusal.NotFound for a challenge of another registration, or one that is long over */
    public KeyChallenge find(Actor actor, UUID applicationId, String environment, UUID challengeId) {
        var registered = registrations.find(actor, applicationId, environment);
        actor.mustBe(Role.ADMIN, registered.application().teamId());
        return challenges
                .findByIdOptional(challengeId)
                .filter(challenge -> challenge
                        .registrationId()
                        .equals(registered.registration().id()))
                .orElseThrow(Refusal.NotFound::new);
    }

    /** What is to be signed. */
    public KeyProof.Challenge text(KeyChallenge challenge) {
        return KeyProof.challenge(
                audience, challenge.nonce(), challenge.algorithm(), challenge.kid(), challenge.issuedAt());
    }

    public boolean over(KeyChallenge challenge) {
        return !clock.instant().isBefore(challenge.expires());
    }

    /**
     * Judges an answer by the keys that are published at this moment. Blocks its thread for some 17 seconds at most.
     *
     * @param pasted a JWS in compact form
     * @return the key that was proven
     * @throws Refusal.Rejected when it proves nothing, at {@code key_proof}; or when the keys cannot be had
     * @throws Refusal.Conflict when the challenge has been answered: of two answers at once, one wins
     * @throws Refusal.TooMany when the portal is busy, or the actor, the team or the target has used up its share
     */
    public ProvenKey prove(Actor actor, UUID applicationId, String environmentId, UUID challengeId, String pasted) {
        var challenge = find(actor, applicationId, environmentId, challengeId);
        if (challenge.answered()) {
            throw answered();
        }
        if (over(challenge)) {
            throw new Refusal.Rejected(new Violations(List.of(Violation.of("key_proof", Rule.KEY_PROOF_EXPIRED))));
        }
        var registered = registrations.find(actor, applicationId, environmentId);
        if (registered.metadata().jwksUri() == null) {
            throw new Refusal.Conflict(Reason.KEYS_NOT_USED);
        }
        allowance.take(actor);
        var environment = environment(registered);
        var observed = endpoints.keys(
                registered.metadata(), environment, registered.application().teamId());
        if (observed.keySet().usable().isEmpty()) {
            throw new Refusal.Rejected(observed.report().violations());
        }
        var expected = new KeyProof.Expected(audience, challenge.nonce(), algorithms(environment));
        var verdict = KeyProof.verify(pasted, observed.keySet().usable(), expected, clock.instant());
        Refusal.Rejected.ifBlocking(verdict.violations());
        var thumbprint = verdict.thumbprint().orElseThrow();
        var kid = observed.keySet().usable().getKeys().stream()
                .filter(key -> thumbprint(key).equals(thumbprint))
                .map(JWK::getKeyID)
                .filter(Objects::nonNull)
                .findFirst();
        return QuarkusTransaction.requiringNew()
                .call(() -> keep(actor, registered, challenge, thumbprint, kid.orElse(null)));
    }

    private ProvenKey keep(
            Actor actor, RegistrationSnapshot registered, KeyChallenge challenge, String thumbprint, String kid) {
        // Under the lock, so that a key has one row, however many prove it at once.
        applications.lockAndRecheck(actor, registered.application());
        var now = clock.instant();
        if (!challenges.answer(challenge.id(), thumbprint, now)) {
            throw answered();
        }
        var id = registered.registration().id();
        var key = proven.find("registrationId = ?1 and thumbprint = ?2", id, thumbprint)
                .firstResultOptional()
                .orElseGet(() -> new ProvenKey(id, thumbprint));
        key.proven(kid, actor.subject(), actor.name(), now);
        proven.persist(key);
        events.record(actor, registered, RegistrationEvent.KEY_PROVEN, null, new AuditSnapshot(kid, thumbprint));
        return key;
    }

    private Environment environment(RegistrationSnapshot registered) {
        return environments.find(registered.registration().environment()).orElseThrow(Refusal.NotFound::new);
    }

    private static List<String> algorithms(Environment environment) {
        return environment.metadata().tokenEndpointAuthSigningAlgValuesSupported();
    }

    private static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal.Conflict answered() {
        return new Refusal.Conflict(Reason.KEY_CHALLENGE_ANSWERED);
    }

    private record AuditSnapshot(String kid, String thumbprint) {}
}

package dev.connectionmanager.registration.token;

import dev.connectionmanager.credential.ApiToken;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The registration access tokens in the database, by their hashes. All but {@link #forget} happens in the caller's transaction. */
@ApplicationScoped
class RegistrationAccessTokens {
    /** For how long a replacement is answered again. */
    static final Duration ANSWERED_AGAIN = Duration.ofSeconds(60);

    private static final String OF_CLIENT = """
            from registration_access_token t join registration r on r.id = t.registration_id
            where r.client_id = :client and r.environment = :environment and r.deleted_at is null and\s""";

    private final EntityManager entities;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RegistrationAccessTokens(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    String make() {
        return ApiToken.make(ApiToken.REGISTRATION_ACCESS, random);
    }

    /** The registration that this is the token of; empty for one of another client, or of none. */
    Optional<UUID> registration(PresentedToken presented) {
        var query = ofClient("select t.registration_id " + OF_CLIENT + "t.hash = :hash", presented);
        return rows(query).stream().map(row -> row.get(0, UUID.class)).findFirst();
    }

    /**
     * The answer to the replacement that ended this token a moment ago.
     *
     * @param sent hash of the body that it is asked for with
     */
    Optional<String> answered(PresentedToken presented, byte[] sent) {
        var query = ofClient(
                        "select t.registration_id, t.sealed_answer " + OF_CLIENT
                                + "t.replaced_hash = :hash and t.sent_hash = :sent and t.replaced_at > :since",
                        presented)
                .setParameter("sent", sent)
                .setParameter("since", clock.instant().minus(ANSWERED_AGAIN));
        return rows(query).stream()
                .map(row -> SealedAnswer.open(row.get(1, byte[].class), presented.token(), row.get(0, UUID.class)))
                .findFirst();
    }

    private Query ofClient(String sql, PresentedToken presented) {
        return entities.createNativeQuery(sql, Tuple.class)
                .setParameter("client", presented.clientId())
                .setParameter("environment", presented.environment())
                .setParameter("hash", ApiToken.hash(presented.token()));
    }

    @SuppressWarnings("unchecked")
    private static List<Tuple> rows(Query query) {
        return query.getResultList();
    }

    /** Ends the one that there was. */
    void give(UUID registration, String token) {
        entities.createNativeQuery("""
                        insert into registration_access_token (registration_id, hash, issued_at)
                        values (:registration, :hash, :now)
                        on conflict (registration_id) do update set hash = excluded.hash, issued_at = excluded.issued_at,
                            replaced_hash = null, replaced_at = null, sent_hash = null, sealed_answer = null""")
                .setParameter("registration", registration)
                .setParameter("hash", ApiToken.hash(token))
                .setParameter("now", clock.instant())
                .executeUpdate();
    }

    /**
     * Takes the place of another.
     *
     * @param answer that the other one is answered with, once more
     * @param sent hash of the body that asked for it
     * @return whether the other one was still there: of two at once one is
     */
    boolean replace(UUID registration, String before, String after, String answer, byte[] sent) {
        return entities.createNativeQuery("""
                        update registration_access_token set hash = :after, issued_at = :now,
                            replaced_hash = hash, replaced_at = :now, sent_hash = :sent, sealed_answer = :answer
                        where registration_id = :registration and hash = :before""")
                        .setParameter("registration", registration)
                        .setParameter("before", ApiToken.hash(before))
                        .setParameter("after", ApiToken.hash(after))
                        .setParameter("now", clock.instant())
                        .setParameter("sent", sent)
                        .setParameter("answer", SealedAnswer.seal(answer, before, registration))
                        .executeUpdate()
                == 1;
    }

    /** @return whether it was still there */
    boolean end(UUID registration, String token) {
        return entities.createNativeQuery(
                                "delete from registration_access_token where registration_id = :registration and hash = :hash")
                        .setParameter("registration", registration)
                        .setParameter("hash", ApiToken.hash(token))
                        .executeUpdate()
                == 1;
    }

    /** Ends those of all clients of an application. */
    void endAll(UUID application) {
        entities.createNativeQuery("delete from registration_access_token where registration_id in"
                        + " (select id from registration where application_id = :application)")
                .setParameter("application", application)
                .executeUpdate();
    }

    /** Drops the answers that are given no more. All nodes do. */
    @Scheduled(identity = "registration-answers", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @Transactional
    void forget() {
        entities.createNativeQuery(
                        "update registration_access_token set replaced_hash = null, replaced_at = null, sent_hash = null,"
                                + " sealed_answer = null where replaced_at <= :since")
                .setParameter("since", clock.instant().minus(ANSWERED_AGAIN))
                .executeUpdate();
    }

    /** A token as it came, with the client that it came for. */
    record PresentedToken(String environment, String clientId, String token) {
        @Override
        public String toString() {
            return "PresentedToken[" + clientId + "]";
        }
    }
}

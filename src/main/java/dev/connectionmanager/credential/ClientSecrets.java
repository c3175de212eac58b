package dev.connectionmanager.credential;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** The client secrets of registrations. Everything here runs in the caller's transaction. */
@ApplicationScoped
public class ClientSecrets {
    /** How many secrets of one client may be live at the same time. */
    public static final int MOST_LIVE = 2;

    public static final Duration DEFAULT_OVERLAP = Duration.ofDays(7);
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final Store store;
    private final SecretVault vault;
    private final Clock clock;
    private final SecretUses uses;

    ClientSecrets(Store store, SecretVault vault, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
        this.uses = new SecretUses(vault, clock);
    }

    /**
     * Makes a secret: a random GUID of 128 bits (RFC 9562 version 4), in lower case.
     *
     * @return the secret in clear, for the one answer that shows it
     */
    public Issued issue(UUID registrationId, String clientId, String environment) {
        var issued = make(registrationId, clientId, environment);
        store.persist(issued.metadata());
        return issued;
    }

    /** As {@link #issue}, for whoever writes it with the registration itself. */
    public Issued make(UUID registrationId, String clientId, String environment) {
        var id = UUID.randomUUID();
        var secret = UUID.randomUUID().toString();
        var row = new ClientSecret(
                id,
                registrationId,
                vault.seal(secret, new SecretOwner(clientId, id, environment)),
                vault.fingerprints().of(secret),
                secret.substring(secret.length() - 4),
                clock.instant());
        return new Issued(row, secret);
    }

    /**
     * Issues a new secret and lets the old ones end.
     *
     * @param overlap how long the old secret goes on working; zero revokes all others at once
     * @throws Refusal.Conflict when two are live and the overlap is not zero
     */
    public Issued rotate(UUID registrationId, String clientId, String environment, Duration overlap) {
        var issued = make(registrationId, clientId, environment);
        if (!store.rotate(issued.metadata(), overlap)) {
            throw new Refusal.Conflict(Reason.SECRET_LIMIT);
        }
        return issued;
    }

    /** @param seconds how long the old secret shall go on working */
    public static Violations checkOverlap(long seconds) {
        var found = new Violations.Collector();
        if (seconds < 0 || seconds > LONGEST_OVERLAP.toSeconds()) {
            found.add("overlap_seconds", Rule.SECRET_OVERLAP_OUT_OF_RANGE);
        }
        return found.violations();
    }

    /** The secrets that work now, oldest first. */
    public List<ClientSecret> live(UUID registrationId) {
        var now = clock.instant();
        return store.list("registrationId = ?1 order by issuedAt, id", registrationId).stream()
                .filter(secret -> secret.liveAt(now))
                .toList();
    }

    /** @throws Refusal.NotFound when no live secret of this registration has this id */
    public ClientSecret revoke(UUID registrationId, UUID secretId) {
        var secret = live(registrationId).stream()
                .filter(s -> s.id().equals(secretId))
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
        secret.revoke(clock.instant());
        return secret;
    }

    public void revokeAll(UUID registrationId) {
        live(registrationId).forEach(secret -> secret.revoke(clock.instant()));
    }

    /**
     * The secrets that were sealed with a key other than the keyset's primary one, or whose fingerprint another made or nobody yet, in the
     * order of their ids, locked until the transaction ends; without those that another node has locked.
     *
     * @param after the id to go on from
     */
    public List<ClientSecret> sealedWithAnotherKey(UUID after, int most) {
        return store.sealedWithout(vault.primaryPrefix(), vault.fingerprints().mark(), after, most);
    }

    /**
     * Seals it with the keyset's primary key, and makes its fingerprint with that.
     *
     * @return whether that was possible: not where the key that it was sealed with is no longer in the keyset
     */
    public boolean sealAnew(ClientSecret secret, String clientId, String environment) {
        var owner = new SecretOwner(clientId, secret.id(), environment);
        try {
            var opened = vault.open(secret.ciphertext(), owner);
            secret.sealAnew(vault.seal(opened, owner), vault.fingerprints().of(opened));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Which of these texts are secrets that work now.
     *
     * @param texts as secrets are issued: GUIDs in lower case
     */
    public Set<String> working(Collection<String> texts) {
        return store.getEntityManager()
                .unwrap(Session.class)
                .doReturningWork(connection -> uses.working(connection, texts));
    }

    /** Whether this is a secret of this registration that works now. */
    public boolean works(UUID registrationId, String text) {
        return store.count(
                        "registrationId = ?1 and fingerprint in ?2 and revokedAt is null and (expiresAt is null or expiresAt > ?3)",
                        registrationId,
                        vault.fingerprintsOf(text),
                        clock.instant())
                > 0;
    }

    /** A secret just made, in clear. Never kept, logged or compared. */
    public record Issued(ClientSecret metadata, String secret) {
        @Override
        public String toString() {
            return "Issued[" + metadata.id() + "]";
        }
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<ClientSecret, UUID> {
        private static final String ROTATE = """
                with live as (select id from client_secret where registration_id = :registration and revoked_at is null
                        and (expires_at is null or expires_at > :now)),
                    fits as (select 1 where :overlap = 0 or (select count(*) from live) < :most),
                    ended as (update client_secret set
                            revoked_at = case when :overlap = 0 then cast(:now as timestamptz) else revoked_at end,
                            expires_at = case when :overlap = 0 then expires_at
                                else least(expires_at, cast(:now as timestamptz) + :overlap * interval '1 second') end
                        where id in (select id from live) and exists (select 1 from fits) returning 1)
                insert into client_secret (id, registration_id, ciphertext, fingerprint, last_four, issued_at)
                select :id, :registration, :ciphertext, :fingerprint, :lastFour, :now from fits""";

        /**
         * Ends those that live and adds this one, by one statement.
         *
         * @param overlap how long those go on working that live; never longer than they would have
         * @return false, and nothing is changed, where so many live already
         */
        boolean rotate(ClientSecret anew, Duration overlap) {
            return getEntityManager()
                            .createNativeQuery(ROTATE)
                            .setParameter("id", anew.id())
                            .setParameter("registration", anew.registrationId())
                            .setParameter("ciphertext", anew.ciphertext())
                            .setParameter("fingerprint", anew.fingerprint())
                            .setParameter("lastFour", anew.lastFour())
                            .setParameter("now", anew.issuedAt())
                            .setParameter("overlap", overlap.toSeconds())
                            .setParameter("most", MOST_LIVE)
                            .executeUpdate()
                    == 1;
        }

        List<ClientSecret> sealedWithout(byte[] prefix, byte[] mark, UUID after, int most) {
            return getEntityManager()
                    .createNativeQuery("""
                            select * from client_secret
                            where id > :after and (substring(ciphertext from 1 for :length) <> :prefix
                                or fingerprint is null or substring(fingerprint from 1 for :markLength) <> :mark)
                            order by id limit :most for update skip locked""", ClientSecret.class)
                    .setParameter("after", after)
                    .setParameter("length", prefix.length)
                    .setParameter("prefix", prefix)
                    .setParameter("markLength", mark.length)
                    .setParameter("mark", mark)
                    .setParameter("most", most)
                    .getResultList();
        }
    }
}

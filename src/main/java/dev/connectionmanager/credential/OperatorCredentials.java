package dev.connectionmanager.credential;

import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.AuditCredential;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The acts on the API credentials that operators make for themselves, of scope {@code audit-read}: who bears one reads the
 * audit trail and nothing else. Nobody looks after what such a credential may do but its maker's role at the OpenID Provider:
 * so it ends when that role is gone, or when nobody has said for a while that it is still there.
 */
@ApplicationScoped
public class OperatorCredentials {
    /** How many an operator may have at the same time, expired ones counted until they are revoked. */
    public static final int MOST = 10;

    /** Whoever did not log in as an operator for so long counts as gone. Policy. */
    static final Duration MAKER_GONE = Duration.ofDays(30);

    private static final Duration LAST_USE = Duration.ofMinutes(1);

    private final Store store;
    private final CredentialTrail trail;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    OperatorCredentials(Store store, CredentialTrail trail, Clock clock) {
        this.store = store;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * The actor's own that were not revoked and have not lapsed, by name.
     *
     * @throws Refusal.NotAllowed for anybody but an operator, in all of these
     */
    public List<OperatorCredential> all(Actor actor) {
        actor.mustBeOperator();
        return store.list(
                "createdBy = ?1 and revokedAt is null and makerSeenAt > ?2 order by function('natural_order', name), id",
                actor.subject(),
                clock.instant().minus(MAKER_GONE));
    }

    /** @throws Refusal.NotFound when the actor has none of this id that {@link #all} names */
    public OperatorCredential find(Actor actor, UUID id) {
        return all(actor).stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
    }

    /**
     * @return the credential in clear, for the one answer that shows it
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when the actor has {@link #MOST}
     */
    @Transactional
    public KeptCredential.Issued issue(Actor actor, Parsed<ApiCredentialCandidate> sent) {
        actor.mustBeOperator();
        var candidate = sent.candidate();
        var now = clock.instant();
        Refusal.Rejected.ifBlocking(sent.and(ApiCredentialRules.checkOfOperator(candidate, now)));
        // One after another, so that the count is right.
        store.lockMaker(actor.subject());
        if (all(actor).size() >= MOST) {
            throw new Refusal.Conflict(Reason.OPERATOR_CREDENTIAL_LIMIT, MOST);
        }
        var token = ApiToken.make(random);
        var credential = new OperatorCredential(
                actor.subject(),
                ApiCredentialRules.name(candidate),
                ApiToken.hash(token),
                now,
                ApiCredentialRules.expiry(candidate, now).orElseThrow());
        store.persistAndFlush(credential);
        trail.issued(actor, null, credential.id(), credential.snapshot());
        return new KeptCredential.Issued(credential, token);
    }

    /** Ends one at once: the next request with it is refused. */
    @Transactional
    public void revoke(Actor actor, UUID id) {
        var credential = find(actor, id);
        if (!store.revoke(id, clock.instant())) {
            throw new Refusal.NotFound();
        }
        trail.revoked(actor, null, id, credential.snapshot());
    }

    /**
     * Notes a log-in: with the role it keeps the person's credentials alive that have not lapsed before, without it ends
     * them.
     *
     * @param operator whether the log-in says that this person is one
     */
    @Transactional
    public void loggedIn(String subject, boolean operator) {
        var now = clock.instant();
        if (operator) {
            store.update(
                    "makerSeenAt = ?1 where createdBy = ?2 and revokedAt is null and makerSeenAt > ?3",
                    now,
                    subject,
                    now.minus(MAKER_GONE));
            return;
        }
        for (var credential : store.list("createdBy = ?1 and revokedAt is null", subject)) {
            if (store.revoke(credential.id(), now)) {
                trail.ended(credential.id(), credential.snapshot());
            }
        }
    }

    /**
     * @return whom a request comes from that brings a token of this hash; empty for one of no operator
     * @throws CredentialRefused for one that works no more
     */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<AuditCredential> present(byte[] hash) {
        return store.find("hash", (Object) hash).firstResultOptional().map(this::working);
    }

    private AuditCredential working(OperatorCredential credential) {
        var now = clock.instant();
        if (credential.revoked()) {
            trail.usedThoughRevoked(Actor.auditor(credential.bearer()), null, credential.id());
            throw new CredentialRefused(Reason.API_CREDENTIAL_REVOKED);
        }
        if (credential.expiredAt(now)) {
            throw new CredentialRefused(Reason.API_CREDENTIAL_EXPIRED);
        }
        if (!credential.makerSeenAt().isAfter(now.minus(MAKER_GONE))) {
            throw new CredentialRefused(Reason.OPERATOR_CREDENTIAL_LAPSED);
        }
        var recent = now.minus(LAST_USE);
        store.update(
                "lastUsedAt = ?1 where id = ?2 and (lastUsedAt is null or lastUsedAt < ?3)",
                now,
                credential.id(),
                recent);
        return credential.bearer();
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<OperatorCredential, UUID> {
        /** @return whether it was not revoked before: of two at once one revokes */
        boolean revoke(UUID id, Instant now) {
            return update("revokedAt = ?1 where id = ?2 and revokedAt is null", now, id) == 1;
        }

        /** Until the transaction ends. */
        void lockMaker(String subject) {
            getEntityManager()
                    .createNativeQuery("select pg_advisory_xact_lock(hashtext('operator_credential'), hashtext(?1))")
                    .setParameter(1, subject)
                    .getResultList();
        }
    }
}

package dev.connectionmanager.credential;

import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.PresentedCredential;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.TeamCredential;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The acts on the API credentials of teams. Who bears one acts for its team alone, within its scope. */
@ApplicationScoped
public class ApiCredentials {
    /** How many a team may have at the same time, expired ones counted until they are revoked. */
    public static final int MOST = 100;
    /** How exactly the last use is known: a busy script costs one write a minute, not one a request. */
    private static final Duration LAST_USE = Duration.ofMinutes(1);

    private final Store store;
    private final PresentedCredentials read;
    private final Teams teams;
    private final OperatorCredentials operators;
    private final CredentialTrail trail;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiCredentials(
            Store store,
            PresentedCredentials read,
            Teams teams,
            OperatorCredentials operators,
            CredentialTrail trail,
            Clock clock) {
        this.store = store;
        this.read = read;
        this.teams = teams;
        this.operators = operators;
        this.trail = trail;
        this.clock = clock;
    }

    /** Those that were not revoked, by name: what may be known of them, which is never the credential. */
    public List<ApiCredential> all(Actor actor, UUID team) {
        teams.find(actor, team);
        return store.list("teamId = ?1 and revokedAt is null order by function('natural_order', name), id", team);
    }

    /** @throws Refusal.NotFound when the team has none of this id that was not revoked */
    public ApiCredential find(Actor actor, UUID team, UUID id) {
        return all(actor, team).stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
    }

    /**
     * Makes a credential; a person's act, so that none can outlive its revocation through another.
     *
     * @return the credential in clear, for the one answer that shows it
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when the team has {@link #MOST}
     */
    @Transactional
    public KeptCredential.Issued issue(Actor actor, UUID team, Parsed<ApiCredentialCandidate> sent) {
        teamToManage(actor, team);
        var candidate = sent.candidate();
        var now = clock.instant();
        Refusal.Rejected.ifBlocking(sent.and(ApiCredentialRules.check(candidate, now)));
        // One after another, so that the count is right.
        teams.lock(team);
        if (store.count("teamId = ?1 and revokedAt is null", team) >= MOST) {
            throw new Refusal.Conflict(Reason.API_CREDENTIAL_LIMIT, MOST);
        }
        var token = ApiToken.make(random);
        var credential = new ApiCredential(
                team,
                ApiCredentialRules.name(candidate),
                ApiScope.ofCode(candidate.scope()).orElseThrow(),
                ApiToken.hash(token),
                actor.subject(),
                now,
                ApiCredentialRules.expiry(candidate, now).orElseThrow());
        store.persistAndFlush(credential);
        trail.issued(actor, team, credential.id(), credential.snapshot());
        return new KeptCredential.Issued(credential, token);
    }

    /** Ends a credential at once: the next request with it is refused. */
    @Transactional
    public void revoke(Actor actor, UUID team, UUID id) {
        teamToManage(actor, team);
        var credential = find(actor, team, id);
        if (!store.revoke(id, clock.instant())) {
            throw new Refusal.NotFound();
        }
        trail.revoked(actor, team, id, credential.snapshot());
    }

    /**
     * Whom a request comes from that brings this token, looked up each time, so that revoking works at once. Found by
     * its hash: how long that takes tells nothing of any credential. One statement, without a transaction around it.
     *
     * @throws CredentialRefused unless it works now
     */
    public PresentedCredential present(String token) {
        if (!ApiToken.wellFormed(token)) {
            throw new CredentialRefused(Reason.API_CREDENTIAL_INCOMPLETE);
        }
        var hash = ApiToken.hash(token);
        var found = read.byHash(hash);
        return found.isPresent()
                ? working(found.get())
                : operators.present(hash).orElseThrow(() -> new CredentialRefused(Reason.API_CREDENTIAL_UNKNOWN));
    }

    /**
     * The same of a team's credential that was presented before: whatever was given for it ends with it.
     *
     * @throws CredentialRefused unless it works now
     */
    public TeamCredential presentAgain(UUID id) {
        return working(read.byId(id).orElseThrow(() -> new CredentialRefused(Reason.API_CREDENTIAL_UNKNOWN)));
    }

    private TeamCredential working(ApiCredential credential) {
        var now = clock.instant();
        if (credential.revoked()) {
            var bearer = credential.bearer();
            trail.usedThoughRevoked(Actor.credential(bearer), bearer.teamId(), bearer.id());
            throw new CredentialRefused(Reason.API_CREDENTIAL_REVOKED);
        }
        if (credential.expiredAt(now)) {
            throw new CredentialRefused(Reason.API_CREDENTIAL_EXPIRED);
        }
        noteUse(credential, now);
        return credential.bearer();
    }

    /**
     * Asks again where time has gone by since the request came: a credential may have been revoked meanwhile.
     *
     * @throws Refusal.NotAllowed for a credential that works no more; never for a person
     */
    public void mustStillWork(Actor actor) {
        actor.credentialId().ifPresent(id -> {
            if (store.count("id = ?1 and revokedAt is null and expiresAt > ?2", id, clock.instant()) == 0) {
                throw new Refusal.NotAllowed(Reason.API_CREDENTIAL_ENDED);
            }
        });
    }

    private void noteUse(ApiCredential credential, Instant now) {
        var recent = now.minus(LAST_USE);
        if (credential.lastUsedAt() == null || credential.lastUsedAt().isBefore(recent)) {
            QuarkusTransaction.requiringNew()
                    .run(() -> store.update(
                            "lastUsedAt = ?1 where id = ?2 and (lastUsedAt is null or lastUsedAt < ?3)",
                            now,
                            credential.id(),
                            recent));
        }
    }

    /**
     * The team, for whoever may make and revoke its credentials.
     *
     * @throws Refusal.NotAllowed for a credential, and for a viewer
     */
    public Team teamToManage(Actor actor, UUID team) {
        var found = teams.find(actor, team);
        actor.mustBePerson();
        actor.mustBe(Role.ADMIN, team);
        return found;
    }

    /** Asked with every request of a script: plain SQL. */
    @ApplicationScoped
    static class PresentedCredentials {
        private static final String READ =
                "select id, team_id, name, scope, created_by, expires_at, revoked_at, last_used_at from api_credential where ";

        private final DataSource database;

        PresentedCredentials(DataSource database) {
            this.database = database;
        }

        Optional<ApiCredential> byHash(byte[] hash) {
            return find("hash = ?", hash);
        }

        Optional<ApiCredential> byId(UUID id) {
            return find("id = ?", id);
        }

        private Optional<ApiCredential> find(String condition, Object value) {
            try (var connection = database.getConnection();
                    var query = connection.prepareStatement(READ + condition)) {
                query.setObject(1, value);
                try (var rows = query.executeQuery()) {
                    return rows.next() ? Optional.of(ApiCredential.of(rows)) : Optional.empty();
                }
            } catch (SQLException e) {
                throw new IllegalStateException("The API credential could not be looked up", e);
            }
        }
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<ApiCredential, UUID> {
        /** @return whether it was not revoked before: of two at once one revokes */
        boolean revoke(UUID id, Instant now) {
            return update("revokedAt = ?1 where id = ?2 and revokedAt is null", now, id) == 1;
        }
    }
}

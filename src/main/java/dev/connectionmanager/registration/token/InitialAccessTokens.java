package dev.connectionmanager.registration.token;

import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.credential.ApiToken;
import dev.connectionmanager.credential.InitialAccessTokenTrail;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.token.InitialAccessToken.Issued;
import dev.connectionmanager.registration.token.InitialAccessToken.Term;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The acts on the initial access tokens of teams. */
@ApplicationScoped
public class InitialAccessTokens {
    /** How many a team may have at the same time, those that have ended counted until they are revoked. */
    public static final int MOST = 100;

    private static final int RETRY_SECONDS = 3_600;

    private final Store store;
    private final Teams teams;
    private final ApiCredentials credentials;
    private final Environments environments;
    private final InitialAccessTokenTrail trail;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    InitialAccessTokens(
            Store store,
            Teams teams,
            ApiCredentials credentials,
            Environments environments,
            InitialAccessTokenTrail trail,
            Clock clock) {
        this.store = store;
        this.teams = teams;
        this.credentials = credentials;
        this.environments = environments;
        this.trail = trail;
        this.clock = clock;
    }

    /** Those that were not revoked, the newest first: what may be known of them, which is never the token. */
    public List<InitialAccessToken> all(Actor actor, UUID team) {
        teams.find(actor, team);
        return store.list("teamId = ?1 and revokedAt is null order by createdAt desc, id", team);
    }

    /** @throws Refusal.NotFound when the team has none of this id that was not revoked */
    public InitialAccessToken find(Actor actor, UUID team, UUID id) {
        return all(actor, team).stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
    }

    /** Where clients are registered with such a token. */
    public List<Environment> environments() {
        return environments.all().stream()
                .filter(environment -> environment.kind() == EnvironmentKind.PATH_TO_LIVE)
                .toList();
    }

    /**
     * Makes a token; a person's act.
     *
     * @return the token in clear, for the one answer that shows it
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.TooMany when the team has {@link #MOST}
     */
    @Transactional
    public Issued issue(Actor actor, UUID team, Parsed<InitialAccessTokenCandidate> sent) {
        teamToManage(actor, team);
        var candidate = sent.candidate();
        var now = clock.instant();
        var known = environments().stream().map(Environment::id).toList();
        Refusal.Rejected.ifBlocking(sent.and(InitialAccessTokenRules.check(candidate, known, now)));
        // One after another, so that the count is right.
        teams.lock(team);
        if (store.count("teamId = ?1 and revokedAt is null", team) >= MOST) {
            throw new Refusal.TooMany(RETRY_SECONDS, Reason.LIMIT_REACHED);
        }
        var text = ApiToken.make(ApiToken.INITIAL_ACCESS, random);
        var token = new InitialAccessToken(
                team,
                candidate.environment(),
                text,
                ApiToken.hash(text),
                (int) InitialAccessTokenRules.uses(candidate),
                actor,
                new Term(now, InitialAccessTokenRules.expiry(candidate, now).orElseThrow()));
        store.persistAndFlush(token);
        trail.issued(actor, named(token), token.snapshot());
        return new Issued(token, text);
    }

    /** Ends a token at once: the next request with it is refused. */
    @Transactional
    public void revoke(Actor actor, UUID team, UUID id) {
        teamToManage(actor, team);
        var token = find(actor, team, id);
        if (!store.revoke(id, clock.instant())) {
            throw new Refusal.NotFound();
        }
        trail.revoked(actor, named(token), token.snapshot());
    }

    private InitialAccessTokenTrail.Named named(InitialAccessToken token) {
        var environment = environments.find(token.environment()).map(Environment::name);
        return new InitialAccessTokenTrail.Named(
                token.teamId(), token.id(), token.lastFour(), environment.orElse(token.environment()));
    }

    /**
     * The team, for whoever may make and revoke its tokens, as its API credentials.
     *
     * @throws Refusal.NotAllowed for a credential, and for a viewer
     */
    public Team teamToManage(Actor actor, UUID team) {
        return credentials.teamToManage(actor, team);
    }

    /** @throws TokenRefused unless it works now, in this environment */
    InitialAccessToken working(String text, String environment) {
        return store.find("hash = ?1 and environment = ?2", ApiToken.hash(text), environment)
                .firstResultOptional()
                .map(token -> {
                    if (!token.worksAt(clock.instant())) {
                        throw new TokenRefused(Reason.INITIAL_ACCESS_TOKEN_ENDED);
                    }
                    return token;
                })
                .orElseThrow(() -> new TokenRefused(Reason.INITIAL_ACCESS_TOKEN_UNKNOWN));
    }

    /**
     * Counts one use, in the transaction of what it is used for.
     *
     * @throws TokenRefused when it works no more: revoked, expired or used up since it was presented
     */
    void use(UUID id) {
        if (!store.use(id, clock.instant())) {
            throw new TokenRefused(Reason.INITIAL_ACCESS_TOKEN_ENDED);
        }
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<InitialAccessToken, UUID> {
        /** @return whether it was not revoked before: of two at once one revokes */
        boolean revoke(UUID id, Instant now) {
            return update("revokedAt = ?1 where id = ?2 and revokedAt is null", now, id) == 1;
        }

        /** @return whether a use was left: of those that come at once no more than that */
        boolean use(UUID id, Instant now) {
            return update(
                            "used = used + 1 where id = ?1 and used < uses and revokedAt is null and expiresAt > ?2",
                            id,
                            now)
                    == 1;
        }
    }
}

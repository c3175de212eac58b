package dev.connectionmanager.session;

import com.google.common.hash.Hashing;
import com.nimbusds.jwt.JWTParser;
import dev.connectionmanager.audit.AuditEntry;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The acts on log-in sessions. What the cookie holds is called the key: 256 random bits, kept nowhere else. */
@ApplicationScoped
public class Sessions {
    private static final Logger LOG = Logger.getLogger(Sessions.class);
    /** How old a logout token may be, and how long each is remembered. */
    static final Duration LOGOUT_TOKEN_AGE = Duration.ofMinutes(5);

    private static final String OF_REQUEST = Sessions.class.getName();
    private static final String ENDS_OF_REQUEST = SessionEnds.class.getName();

    private final Store store;
    private final LogoutTokens logoutTokens;
    private final RefusedForms refusedForms;
    private final SecretVault vault;
    private final SessionLimits limits;
    private final AuditTrail trail;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(
            Store store,
            LogoutTokens logoutTokens,
            RefusedForms refusedForms,
            SecretVault vault,
            SessionLimits limits,
            AuditTrail trail,
            Clock clock) {
        this.store = store;
        this.logoutTokens = logoutTokens;
        this.refusedForms = refusedForms;
        this.vault = vault;
        this.limits = limits;
        this.trail = trail;
        this.clock = clock;
    }

    /** What the database knows the session of a request by; empty for a request without one. */
    public static Optional<String> of(RoutingContext request) {
        return Optional.ofNullable(request.get(OF_REQUEST));
    }

    /** When the session of a request ends; empty for a request without one. */
    public static Optional<SessionEnds> endsOf(RoutingContext request) {
        return Optional.ofNullable(request.get(ENDS_OF_REQUEST));
    }

    static void mark(RoutingContext request, String key, SessionEnds ends) {
        request.put(OF_REQUEST, id(key));
        request.put(ENDS_OF_REQUEST, ends);
    }

    /**
     * Begins a session after a log-in, and forgets those that are over. Without the operator role it ends what the same person began
     * with it: it is gone, and those would not have known before their end.
     *
     * @param sid the session at the OpenID Provider, {@code null} where it names none
     * @param operator whether the log-in says that this person is one
     * @return the new session's key; empty when that session at the OpenID Provider has been ended meanwhile
     */
    @Transactional
    public Optional<String> begin(String subject, String sid, String idToken, boolean operator) {
        forgetOld();
        if (sid != null && logoutTokens.count("sid", sid) > 0) {
            return Optional.empty();
        }
        if (!operator) {
            endEach("operator-session-ended", store.list("subject = ?1 and operator = true", subject));
        }
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var id = id(key);
        var session = new LoginSession(id, subject, sid, vault.seal(idToken, purpose(id)), operator, clock.instant());
        store.persist(session);
        tell("logged-in", session, idToken);
        return Optional.of(key);
    }

    /** @return empty when the session is over */
    @Transactional
    public Optional<Resumed> resume(String key) {
        var now = clock.instant();
        var found = store.findByIdOptional(id(key)).filter(session -> limits.holds(session, now));
        var noted = found.filter(session -> limits.worthNoting(session, now));
        noted.ifPresent(session -> store.update("seenAt = ?1 where id = ?2", now, session.id()));
        return found.flatMap(session -> opened(session)
                .map(idToken ->
                        new Resumed(idToken, limits.ends(session, noted.isPresent() ? now : session.seenAt()))));
    }

    /** Ends one session; does nothing where there is none. */
    @Transactional
    public void end(String key) {
        endEach("logged-out", store.list("id", id(key)));
    }

    /**
     * The actor's own sessions that are not over, in whatever browser, the youngest first.
     *
     * @throws Refusal.NotAllowed for a credential
     */
    public List<Live> live(Actor actor) {
        actor.mustBePerson();
        return holding(actor.subject())
                .map(session -> new Live(
                        session.shownId(),
                        session.beganAt(),
                        session.seenAt(),
                        session.beganAt().plus(limits.longest(session.operator()))))
                .toList();
    }

    private Stream<LoginSession> holding(String subject) {
        var now = clock.instant();
        return store.list("subject = ?1 order by beganAt desc, id", subject).stream()
                .filter(session -> limits.holds(session, now));
    }

    /**
     * Ends one of the actor's own sessions.
     *
     * @throws Refusal.NotFound when none of theirs has the id
     * @throws Refusal.NotAllowed for a credential
     */
    @Transactional
    public void end(Actor actor, UUID id) {
        actor.mustBePerson();
        var found = holding(actor.subject())
                .filter(session -> session.shownId().equals(id))
                .toList();
        if (found.isEmpty()) {
            throw new Refusal.NotFound();
        }
        endEach("logged-out", found);
    }

    /**
     * Ends all of the actor's own sessions, in whatever browser.
     *
     * @throws Refusal.NotAllowed for a credential
     */
    @Transactional
    public void endAll(Actor actor) {
        actor.mustBePerson();
        endEach("logged-out", store.list("subject", actor.subject()));
    }

    /** Of two that end the same one at once, one tells; nobody does of what the clock had ended before. */
    private void endEach(String act, List<LoginSession> sessions) {
        for (var session : sessions) {
            if (store.delete("id", session.id()) == 1 && limits.holds(session, clock.instant())) {
                tell(act, session, opened(session).orElse(""));
            }
        }
    }

    /** The trail names a session by what the database knows it by, which opens nothing. */
    private void tell(String act, LoginSession session, String idToken) {
        trail.write(new AuditEntry(
                session.subject(),
                name(idToken).orElse(session.subject()),
                "person",
                null,
                act,
                "session",
                session.id(),
                null,
                null,
                null));
    }

    private static Optional<String> name(String idToken) {
        try {
            return Optional.ofNullable(
                            JWTParser.parse(idToken).getJWTClaimsSet().getStringClaim("name"))
                    .map(CurrentActor::shown);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Ends what the OpenID Provider says is over: the session it names, else all of the person's.
     *
     * @param jti the logout token's id
     * @param subject {@code null} where the token names none; then it names a session
     * @param sid {@code null} where the token names none; then it names a person
     * @return false for a token that was taken before
     */
    @Transactional
    public boolean endByProvider(String jti, String subject, String sid) {
        // Two nodes may be told at once: the database decides who was first.
        var first = logoutTokens
                        .getEntityManager()
                        .createNativeQuery(
                                "insert into logout_token (id, sid, taken_at) values (?1, ?2, ?3) on conflict do nothing")
                        .setParameter(1, hash(jti))
                        .setParameter(2, sid)
                        .setParameter(3, clock.instant())
                        .executeUpdate()
                == 1;
        if (first && sid == null) {
            endEach("session-ended-by-provider", store.list("subject", subject));
        } else if (first) {
            if (subject == null) {
                endEach("session-ended-by-provider", store.list("sid", sid));
            } else {
                endEach("session-ended-by-provider", store.list("sid = ?1 and subject = ?2", sid, subject));
            }
        }
        return first;
    }

    /** Rows that another node is forgetting just now are left to it. */
    private void forgetOld() {
        var now = clock.instant();
        refusedForms.forgetOld();
        store.getEntityManager()
                .createNativeQuery("delete from login_session where id in (select id from login_session"
                        + " where began_at <= ?1 or seen_at <= ?2 limit 1000 for update skip locked)")
                .setParameter(1, limits.beganBefore(now))
                .setParameter(2, limits.seenBefore(now))
                .executeUpdate();
        store.getEntityManager()
                .createNativeQuery("delete from logout_token where id in (select id from logout_token"
                        + " where taken_at <= ?1 limit 1000 for update skip locked)")
                .setParameter(1, now.minus(LOGOUT_TOKEN_AGE.multipliedBy(2)))
                .executeUpdate();
    }

    /** Empty after the keyset was changed for another, or a row for another's: then the session is worth nothing. */
    private Optional<String> opened(LoginSession session) {
        try {
            return Optional.of(vault.open(session.idToken(), purpose(session.id())));
        } catch (GeneralSecurityException e) {
            LOG.warn("A session cannot be read and is over; was the keyset changed?");
            return Optional.empty();
        }
    }

    private static String purpose(String id) {
        return "session " + id;
    }

    private static String id(String key) {
        return hash(key);
    }

    private static String hash(String value) {
        return Hashing.sha256().hashString(value, StandardCharsets.UTF_8).toString();
    }

    /**
     * A session that goes on.
     *
     * @param idToken of the log-in that it began with
     */
    public record Resumed(String idToken, SessionEnds ends) {}

    /**
     * What a person may know of a session that is not over.
     *
     * @param seenAt when it was last used, to some minutes
     * @param endsAt when it ends, however much it is used
     */
    public record Live(UUID id, Instant beganAt, Instant seenAt, Instant endsAt) {}

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<LoginSession, String> {}

    @ApplicationScoped
    static class LogoutTokens implements PanacheRepositoryBase<LogoutToken, String> {}
}

package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.logout.LogoutDeliveries.News;
import dev.connectionmanager.mock.logout.UsedSessions.Found;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Logout tokens of registered clients, for whoever may see the registration: sent to try a client out, and as they were taken. A
 * registration of another team or of an environment that the mock does not know is {@link Refusal.NotFound} in all acts.
 */
@Singleton
public class LogoutTests {
    /** Whom it is about where nobody is named. */
    public static final String DEFAULT_USER = "gp";

    private final Registrations registrations;
    private final MockSettings settings;
    private final MockClients clients;
    private final Issuers issuers;
    private final UsedSessions used;
    private final Logouts logouts;
    private final LogoutDeliveries deliveries;

    LogoutTests(
            Registrations registrations,
            MockSettings settings,
            MockClients clients,
            Issuers issuers,
            UsedSessions used,
            Logouts logouts,
            LogoutDeliveries deliveries) {
        this.registrations = registrations;
        this.settings = settings;
        this.clients = clients;
        this.issuers = issuers;
        this.used = used;
        this.logouts = logouts;
        this.deliveries = deliveries;
    }

    /**
     * The latest, whatever caused them.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     */
    public Page<LogoutDelivery> page(Actor actor, UUID applicationId, String environment, Cursor after, int limit) {
        return deliveries.page(
                registered(actor, applicationId, environment).registration().clientId(), after, limit);
    }

    /**
     * A session that was used at a client.
     *
     * @param user by the name by which they log in
     */
    public record Session(String sid, String user, Instant since) {}

    /** Those that are alive and were used at the client, the latest first. */
    public List<Session> sessions(Actor actor, UUID applicationId, String environment) {
        var clientId =
                registered(actor, applicationId, environment).registration().clientId();
        return used.aliveAt(issuers.common(), clientId).stream()
                .map(one -> new Session(one.sid(), deliveries.login("", one.user()), one.authTime()))
                .toList();
    }

    /** What can be wrong with a logout token on purpose. */
    public static List<Fault> faults() {
        return LogoutTestRules.faults();
    }

    /**
     * Where a logout token would go; {@code null} = nowhere, since no address is registered.
     *
     * @throws Refusal.NotFound as in all acts
     */
    public String uri(Actor actor, UUID applicationId, String environment) {
        return client(registered(actor, applicationId, environment))
                .map(MockClient::logout)
                .map(MockClient.Logout::uri)
                .orElse(null);
    }

    /**
     * Sends a logout token now; where a session is named it ends, and the other clients at which it was used are told in the
     * background. Blocks for some 17 seconds at most, and must not be called inside a transaction.
     *
     * @return how it went the first time; it may be tried twice more
     * @throws Refusal.NotAllowed for whoever may not change the registration
     * @throws Refusal.Rejected for a user, session, reason or fault that there is not
     * @throws Refusal.Conflict where the mock is off, the client is suspended or has no logout URI, or nothing is there to send again
     * @throws Refusal.TooMany where the address or its host has had its share
     */
    public LogoutDelivery send(Actor actor, UUID applicationId, String environment, Parsed<LogoutTestCandidate> sent) {
        var registered = registered(actor, applicationId, environment);
        actor.mustBe(Role.ADMIN, registered.application().teamId());
        if (!settings.enabled()) {
            throw new Refusal.Conflict(Reason.MOCK_OFF);
        }
        var candidate = sent.candidate();
        var clientId = registered.registration().clientId();
        var session = used.aliveAt(issuers.common(), clientId, candidate.sid());
        var client = client(registered).orElseThrow(Refusal.NotFound::new);
        var user = deliveries.user(client, candidate.user());
        Refusal.Rejected.ifBlocking(sent.and(LogoutTestRules.check(
                candidate, user.orElse(null), session.map(Found::user).orElse(null))));
        var news = news(client, candidate, session, user);
        mustBeSendable(news);
        deliveries.takeShare(client.logout().uri());
        // Of two who end it at once, one is told that it is not there any more.
        if (session.isPresent() && !logouts.end(issuers.common(), session.get(), news.reason(), clientId)) {
            Refusal.Rejected.ifBlocking(LogoutTestRules.check(candidate, user.orElse(null), null));
        }
        return deliveries.send(news);
    }

    private News news(
            MockClient client, LogoutTestCandidate candidate, Optional<Found> session, Optional<MockUser> user) {
        return new News(
                issuers.common(),
                client,
                session.map(Found::user).orElseGet(() -> user.or(() -> deliveries.user(client, DEFAULT_USER))
                        .orElseThrow()
                        .uuid()),
                session.map(Found::sid).orElseGet(() -> UUID.randomUUID().toString()),
                LogoutReason.ofCode(candidate.reason()).orElse(LogoutReason.ADMINISTRATOR),
                LogoutTestRules.fault(candidate.fault()).orElse(null));
    }

    private void mustBeSendable(News news) {
        if (!news.client().active()) {
            throw new Refusal.Conflict(Reason.SUSPENDED, "logout-test");
        }
        if (news.client().logout() == null) {
            throw new Refusal.Conflict(Reason.LOGOUT_URI_MISSING);
        }
        if (news.fault() == Fault.LOGOUT_REPLAYED && deliveries.lastTaken(news).isEmpty()) {
            throw new Refusal.Conflict(Reason.LOGOUT_NOTHING_TO_REPLAY);
        }
    }

    private RegistrationSnapshot registered(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        registrations.pathToLive(environment);
        return registered;
    }

    private Optional<MockClient> client(RegistrationSnapshot registered) {
        return clients.find("", registered.registration().clientId());
    }
}

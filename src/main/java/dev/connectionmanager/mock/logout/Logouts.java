package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.logout.LogoutDeliveries.News;
import dev.connectionmanager.mock.logout.UsedSessions.Found;
import dev.connectionmanager.mock.logout.UsedSessions.Use;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Sessions;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ends sessions: the clients at which they were used are told, or whoever asks gets the logout tokens to send. */
@Singleton
public class Logouts {
    private final UsedSessions used;
    private final Sessions sessions;
    private final MockClients clients;
    private final LogoutTokens tokens;
    private final LogoutDeliveries deliveries;
    private final ExchangeLog log;

    Logouts(
            UsedSessions used,
            Sessions sessions,
            MockClients clients,
            LogoutTokens tokens,
            LogoutDeliveries deliveries,
            ExchangeLog log) {
        this.used = used;
        this.sessions = sessions;
        this.clients = clients;
        this.tokens = tokens;
        this.deliveries = deliveries;
        this.log = log;
    }

    /**
     * A session, ended or not.
     *
     * @param user the UUID of whoever is logged in
     * @param clients that it was used to log in at
     */
    public record Used(String sid, String user, Instant authTime, Instant endedAt, List<String> clients) {}

    /** @throws Refusal.NotFound where the issuer has none of this name */
    public Used find(Issuer issuer, String sid) {
        var found = used.find(issuer, sid).orElseThrow(Refusal.NotFound::new);
        return new Used(
                sid,
                found.user(),
                found.authTime(),
                found.endedAt(),
                used.usesOf(issuer, sid).stream().map(Use::clientId).toList());
    }

    /**
     * A logout token for one client; it is not sent.
     *
     * @param uri where it goes; {@code null} where the client registered no address
     */
    public record Token(String clientId, String uri, String logoutToken) {
        @Override
        public String toString() {
            return "Token[" + clientId + "]";
        }
    }

    /**
     * Ends a session, whoever ends it, without sending anything.
     *
     * @param fault what is wrong with the tokens on purpose; {@code null} = nothing
     * @return a token for each client that it was used at
     * @throws Refusal.NotFound where the issuer has none of this name
     * @throws Refusal.Rejected for a fault of logout tokens that there is not
     */
    public List<Token> end(Issuer issuer, String sid, String fault) {
        if (fault != null && ofTokens(fault).isEmpty()) {
            var found = new Violations.Collector();
            found.add("logout_token", Rule.FAULT_UNKNOWN);
            throw new Refusal.Rejected(found.violations());
        }
        var session = find(issuer, sid);
        sessions.end(issuer, sid);
        return session.clients().stream()
                .flatMap(id -> clients.find(issuer.id(), id).stream())
                .map(client -> token(issuer, client, session, fault))
                .toList();
    }

    private Token token(Issuer issuer, MockClient client, Used session, String fault) {
        var exchange = Exchange.begun(issuer.id(), Exchange.Endpoint.LOGOUT_TOKEN, issuer.now())
                .of(client.clientId())
                .wants(fault);
        var token = tokens.sign(
                issuer, LogoutTokens.claims(issuer, client.clientId(), session.user(), session.sid()), exchange);
        exchange.ends(null, "A logout token, for whoever asked for it to send");
        log.keep(exchange);
        return new Token(
                client.clientId(),
                client.logout() == null ? null : client.logout().uri(),
                token);
    }

    /**
     * The user logs out: each client at which the session was used is told, in the background.
     *
     * @param wantsToGoOn whether the client asked for the user to be sent on afterwards
     */
    public void endByUser(Issuer issuer, String sid, boolean wantsToGoOn) {
        used.find(issuer, sid).ifPresent(session -> {
            var ended = sessions.end(issuer, sid);
            for (var use : used.usesOf(issuer, sid)) {
                clients.find(issuer.id(), use.clientId()).ifPresent(client -> {
                    var exchange = exchange(issuer, client, session);
                    if (wantsToGoOn) {
                        exchange.warned(
                                "post_logout_redirect_uri", "Passed over: no client registers where to go afterwards");
                    }
                    if (ended) {
                        tell(news(issuer, client, session, LogoutReason.USER, use), exchange);
                    } else {
                        exchange.warned("session", "It had ended before: nobody is told again");
                        exchange.ends(null, "Nothing was left to end");
                        log.keep(exchange);
                    }
                });
            }
        });
    }

    /**
     * Ends a session that is alive; the clients at which it was used are told in the background.
     *
     * @param but this one, which its caller tells
     * @return false where it was not alive
     */
    boolean endFor(Issuer issuer, Found session, LogoutReason reason, String but) {
        if (!sessions.end(issuer, session.sid())) {
            return false;
        }
        for (var use : used.usesOf(issuer, session.sid())) {
            if (!use.clientId().equals(but)) {
                clients.find(issuer.id(), use.clientId())
                        .ifPresent(client ->
                                tell(news(issuer, client, session, reason, use), exchange(issuer, client, session)));
            }
        }
        return true;
    }

    private static News news(Issuer issuer, MockClient client, Found session, LogoutReason reason, Use use) {
        return new News(
                issuer,
                client,
                session.user(),
                session.sid(),
                reason,
                ofTokens(use.fault()).orElse(null));
    }

    private static Optional<Fault> ofTokens(String fault) {
        return Optional.ofNullable(fault).flatMap(Fault::ofCode).filter(one -> one.point() == Point.LOGOUT_TOKEN);
    }

    private Exchange exchange(Issuer issuer, MockClient client, Found session) {
        return Exchange.begun(issuer.id(), Exchange.Endpoint.END_SESSION, issuer.now())
                .of(client.clientId())
                .by(deliveries.login(issuer.id(), session.user()));
    }

    private void tell(News news, Exchange exchange) {
        var client = news.client();
        exchange.passed("session", "It has ended: " + news.reason().words());
        if (client.logout() == null) {
            exchange.warned("backchannel_logout_uri", "None is registered: nobody tells the client");
        } else if (deliveries.leadsTo(client)) {
            exchange.passed(
                    "backchannel_logout_uri",
                    "A logout token goes to " + client.logout().uri());
            deliveries.queue(news);
        } else {
            exchange.warned(
                    "backchannel_logout_uri",
                    client.active()
                            ? "Nothing is sent there: whoever made this client fetches its logout tokens"
                            : "Nothing is sent: the client is suspended or deleted");
        }
        exchange.ends(null, "The session has ended");
        log.keep(exchange);
    }
}

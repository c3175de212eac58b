package dev.connectionmanager.mock.logout;

import com.nimbusds.jwt.SignedJWT;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.logout.LogoutDeliveries.News;
import dev.connectionmanager.mock.logout.UsedSessions.Found;
import dev.connectionmanager.mock.logout.UsedSessions.Use;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.mock.provider.Sessions;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import jakarta.inject.Singleton;
import java.text.ParseException;
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
    private final Issuers issuers;

    Logouts(
            UsedSessions used,
            Sessions sessions,
            MockClients clients,
            LogoutTokens tokens,
            LogoutDeliveries deliveries,
            ExchangeLog log,
            Issuers issuers) {
        this.used = used;
        this.sessions = sessions;
        this.clients = clients;
        this.tokens = tokens;
        this.deliveries = deliveries;
        this.log = log;
        this.issuers = issuers;
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
        if (fault != null && LogoutTestRules.fault(fault).isEmpty()) {
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

    /**
     * What is wrong with a log-out of somebody without an account. The signature of the ID token need not be checked: a session is named
     * by what nobody can guess.
     */
    public Violations judge(OpenLogout sent) {
        var session = Optional.ofNullable(sent.idToken())
                .flatMap(Logouts::sid)
                .flatMap(sid -> used.find(issuers.common(), sid));
        return LogoutTestRules.check(sent, session.isPresent());
    }

    /**
     * Logs a user of the public issuer out, for whoever has their ID token; clients that teams registered are told.
     *
     * @return the logout tokens of the clients that anybody made
     * @throws Refusal.Rejected for an ID token of no session, and a fault that there is not
     */
    public List<Token> fetch(Parsed<OpenLogout> sent) {
        Refusal.Rejected.ifBlocking(sent.and(judge(sent.candidate())));
        var issuer = issuers.common();
        var sid = sid(sent.candidate().idToken()).orElseThrow();
        endByUser(issuer, sid, false);
        var session = find(issuer, sid);
        return session.clients().stream()
                .flatMap(id -> clients.find(issuer.id(), id).stream())
                .filter(client -> client.kind() == MockClient.Kind.OPEN)
                .map(client -> token(issuer, client, session, sent.candidate().fault()))
                .toList();
    }

    /** Which session an ID token is of, as it says; empty for what is none. */
    public static Optional<String> sid(String idToken) {
        try {
            return Optional.ofNullable(
                    SignedJWT.parse(idToken).getJWTClaimsSet().getStringClaim("sid"));
        } catch (ParseException e) {
            return Optional.empty();
        }
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
                        ends(exchange, "Nothing was left to end");
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
    boolean end(Issuer issuer, Found session, LogoutReason reason, String but) {
        if (!sessions.end(issuer, session.sid())) {
            return false;
        }
        for (var use : used.usesOf(issuer, session.sid())) {
            clients.find(issuer.id(), use.clientId()).ifPresent(client -> {
                var exchange = exchange(issuer, client, session);
                if (use.clientId().equals(but)) {
                    ends(exchange.passed("session", "It has ended: " + reason.words()), "The session has ended");
                } else {
                    tell(news(issuer, client, session, reason, use), exchange);
                }
            });
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
                LogoutTestRules.fault(use.fault()).orElse(null));
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
        ends(exchange, "The session has ended");
    }

    private void ends(Exchange exchange, String words) {
        exchange.ends(null, words);
        log.keep(exchange);
    }
}

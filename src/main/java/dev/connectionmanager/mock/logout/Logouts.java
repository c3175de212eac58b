package dev.connectionmanager.mock.logout;

import com.nimbusds.jose.JWSAlgorithm;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Sessions;
import dev.connectionmanager.mock.provider.Signing;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ends sessions, and makes the logout tokens that tell of it. */
@Singleton
public class Logouts {
    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final MockDatabase database;
    private final Sessions sessions;
    private final MockClients clients;
    private final Signing signing;
    private final ExchangeLog log;

    Logouts(MockDatabase database, Sessions sessions, MockClients clients, Signing signing, ExchangeLog log) {
        this.database = database;
        this.sessions = sessions;
        this.clients = clients;
        this.signing = signing;
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
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection, "select * from mock_session where issuer = ? and sid = ?", issuer.id(), sid);
                    var row = query.executeQuery()) {
                if (!row.next()) {
                    throw new Refusal.NotFound();
                }
                var ended = row.getObject("ended_at", OffsetDateTime.class);
                return new Used(
                        sid,
                        row.getString("user_id"),
                        row.getObject("auth_time", OffsetDateTime.class).toInstant(),
                        ended == null ? null : ended.toInstant(),
                        clientsOf(issuer, sid));
            }
        });
    }

    private List<String> clientsOf(Issuer issuer, String sid) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select distinct client_id from mock_grant where issuer = ? and sid = ? order by 1",
                            issuer.id(),
                            sid);
                    var rows = query.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        });
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
     * Ends a session, whoever ends it.
     *
     * @param fault what is wrong with the tokens on purpose; {@code null} = nothing
     * @return a token for each client that it was used at
     * @throws Refusal.NotFound where the issuer has none of this name
     * @throws Refusal.Rejected for a fault of logout tokens that there is not
     */
    public List<Token> end(Issuer issuer, String sid, String fault) {
        if (fault != null
                && Fault.ofCode(fault)
                        .filter(one -> one.point() == Point.LOGOUT_TOKEN)
                        .isEmpty()) {
            var found = new Violations.Collector();
            found.add("logout_token", Rule.FAULT_UNKNOWN);
            throw new Refusal.Rejected(found.violations());
        }
        var used = find(issuer, sid);
        sessions.end(issuer, sid);
        return used.clients().stream()
                .flatMap(id -> clients.find(issuer.id(), id).stream())
                .map(client -> token(issuer, client, used, fault))
                .toList();
    }

    private Token token(Issuer issuer, MockClient client, Used used, String fault) {
        var exchange = Exchange.begun(issuer.id(), Exchange.Endpoint.LOGOUT_TOKEN, issuer.now())
                .of(client.clientId())
                .wants(fault);
        var token = signing.sign(
                issuer, JWSAlgorithm.RS256, Draft.of(Point.LOGOUT_TOKEN, claims(issuer, client, used)), exchange);
        exchange.ends(null, "A logout token, for whoever asked for it to send");
        log.keep(exchange);
        return new Token(
                client.clientId(),
                client.logout() == null ? null : client.logout().uri(),
                token);
    }

    private static Map<String, Object> claims(Issuer issuer, MockClient client, Used used) {
        var now = issuer.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer.url());
        claims.put("sub", used.user());
        claims.put("aud", client.clientId());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sid", used.sid());
        claims.put("events", Map.of(EVENT, Map.of()));
        return claims;
    }
}

package dev.connectionmanager.connections;

import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.logout.Logouts;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Logs a person in at an application that runs, and out of it by a logout token, well and with each fault of the mock. */
@Singleton
class LogInTrial {
    static final String USER = "aal3-one-role";
    /** Of a log-in that went as it should. */
    static final String GOOD = "yes";
    /** Those at which the person is known. */
    private static final Set<Point> OF_A_LOG_IN =
            EnumSet.of(Point.AUTHORIZATION, Point.TOKENS, Point.ID_TOKEN, Point.USERINFO);

    private static final Set<Fault> OF_A_SIGNATURE = EnumSet.of(Fault.USERINFO_UNSIGNED, Fault.USERINFO_OTHER_KEY);

    private final Logouts logouts;
    private final Issuers issuers;
    private final Sql sql;

    LogInTrial(Logouts logouts, Issuers issuers, Sql sql) {
        this.logouts = logouts;
        this.issuers = issuers;
        this.sql = sql;
    }

    /** A log-in, and the end of its session by a logout token: {@link #GOOD}, or what went otherwise. */
    String logIn(int port, RegisteredClient client, Program program) throws IOException, InterruptedException {
        var walk = new Walk(port, issuer());
        var end = walk.logIn(USER);
        if (!end.loggedIn()) {
            System.out.println(client + ": " + end + "\n" + program.said());
            System.out.println(
                    Api.as("owner").get(client.path() + "/log-ins?limit=2").asString());
            return "no log-in";
        }
        if (walk.isLoggedOut()) {
            return "forgets the session";
        }
        var status = sendLogoutToken(client, null);
        if (status / 100 != 2) {
            System.out.println(client + ": " + program.said());
            return "logout " + status;
        }
        return !walk.isLoggedOut() ? "stays logged in" : end.knowsRoles() ? GOOD : "without UserInfo";
    }

    /**
     * What the application does about each fault of a log-in and of a logout token.
     *
     * @param signed whether UserInfo is: faults of a signature say nothing where it is not
     */
    Map<Fault, String> faults(int port, RegisteredClient client, boolean signed)
            throws IOException, InterruptedException {
        var verdicts = new EnumMap<Fault, String>(Fault.class);
        for (var fault : Fault.values()) {
            if (fault.point() == Point.LOGOUT_TOKEN) {
                verdicts.put(fault, logout(port, client, fault));
            } else if (OF_A_LOG_IN.contains(fault.point()) && (signed || !OF_A_SIGNATURE.contains(fault))) {
                verdicts.put(fault, verdict(fault, new Walk(port, issuer()).logIn(USER + "@" + fault.code())));
            }
        }
        return verdicts;
    }

    /** How a log-in ended at which the mock did wrong. */
    static String verdict(Fault fault, Walk.End end) {
        if (!end.loggedIn()) {
            return end.status() == 0 ? "hangs" : "refused";
        }
        return fault.code().startsWith("userinfo-") && !end.knowsRoles() ? "let in without UserInfo" : "taken";
    }

    private String logout(int port, RegisteredClient client, Fault fault) throws IOException, InterruptedException {
        var walk = new Walk(port, issuer());
        walk.logIn(USER);
        if (fault == Fault.LOGOUT_REPLAYED) {
            sendLogoutToken(client, fault.code());
            walk = new Walk(port, issuer());
            walk.logIn(USER);
        }
        var status = sendLogoutToken(client, fault.code());
        return walk.isLoggedOut() ? "taken" : status / 100 == 2 ? "answered " + status + ", not done" : "refused";
    }

    /** As the mock makes it of the latest log-in at this client. */
    private int sendLogoutToken(RegisteredClient client, String fault) throws IOException, InterruptedException {
        var sid = sql.text("select sid from mock_grant where client_id = '" + client.clientId()
                + "' order by made_at desc limit 1");
        var token = logouts.end(issuers.common(), sid, fault).stream()
                .filter(one -> one.clientId().equals(client.clientId()))
                .findFirst()
                .orElseThrow();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(token.uri()))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("logout_token="
                                        + URLEncoder.encode(token.logoutToken(), StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    String issuer() {
        return issuers.common().url();
    }
}

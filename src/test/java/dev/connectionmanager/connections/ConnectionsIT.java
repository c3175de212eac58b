package dev.connectionmanager.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.application.Framework;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.logout.Logouts;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.LocalPortal;
import dev.connectionmanager.testing.Sql;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each framework that can be installed here is started from the text that the API gives, for each way to register, and logs in
 * at the mock; then the mock does wrong on purpose. What was seen is written to {@code docs/connections.md}. {@code
 * -Dconnections=quarkus,authlib} runs those alone, and writes nothing.
 */
@QuarkusTest
@WithTestResource(
        value = LocalPortal.class,
        initArgs = {
            @ResourceArg(name = "connection-manager.limits.log-ins-a-minute", value = "100000"),
            @ResourceArg(name = "connection-manager.limits.live-checks-a-minute", value = "100000"),
            @ResourceArg(name = "connection-manager.limits.writes-a-minute", value = "100000"),
            @ResourceArg(name = "connection-manager.limits.reads-a-minute", value = "100000")
        })
class ConnectionsIT {
    private static final String USER = "aal3-one-role";
    private static final List<String> METHODS =
            List.of("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt");
    private static final List<String> USERINFO = List.of("plain", "RS256", "RS512");
    /** Those at which the person is known. */
    private static final Set<Point> OF_A_LOG_IN =
            EnumSet.of(Point.AUTHORIZATION, Point.TOKENS, Point.ID_TOKEN, Point.USERINFO);

    private static final Set<Fault> OF_A_SIGNATURE = EnumSet.of(Fault.USERINFO_UNSIGNED, Fault.USERINFO_OTHER_KEY);

    private static final Seen SEEN = new Seen();

    @Inject
    Logouts logouts;

    @Inject
    Issuers issuers;

    @Inject
    Sql sql;

    static Stream<Maker> makers() {
        var wanted = System.getProperty("connections", "");
        return Stream.of(Maker.values())
                .filter(maker -> wanted.isBlank() || List.of(wanted.split(",")).contains(maker.code()));
    }

    @AfterAll
    static void tell() throws IOException {
        var text = SEEN.text(Stream.of(Framework.values()).map(Framework::code).toList());
        System.out.println(text);
        if (System.getProperty("connections", "").isBlank()) {
            Files.writeString(Path.of("docs", "connections.md"), text);
        }
    }

    @ParameterizedTest
    @MethodSource("makers")
    void logsInFromTheTextOfTheKit(Maker maker) throws Exception {
        int port = freePort();
        maker.write(files(maker, register(maker, port, METHODS.get(0), USERINFO.get(0))));
        maker.install(maker.home());
        for (var method : METHODS) {
            for (var userInfo : USERINFO) {
                var client = register(maker, port, method, userInfo);
                maker.write(files(maker, client));
                try (var program = start(maker, port, client)) {
                    SEEN.logIn(maker.code(), method, userInfo, logIn(port, client, program));
                    if (method.equals(METHODS.get(0)) && userInfo.equals(maker.userInfoOfFaults())) {
                        faults(maker, port, client);
                    }
                } catch (IllegalStateException e) {
                    SEEN.logIn(maker.code(), method, userInfo, "does not start");
                    System.out.println(maker + " " + method + " " + userInfo + ": " + e.getMessage());
                }
            }
        }
        assertThat(SEEN.failures(maker.code(), maker.promised())).isEmpty();
    }

    /** For the environment there is nobody to log in at, but each text must be one that its program reads. */
    @Test
    void readsWhatLeadsToTheEnvironment() throws Exception {
        for (var method : METHODS) {
            for (var userInfo : USERINFO) {
                var client = register(Maker.OPENID_CLIENT, freePort(), method, userInfo);
                for (var maker : Maker.values()) {
                    if (makers().toList().contains(maker) && maker.check() != null) {
                        maker.write(files(maker.code(), client, ""));
                        Program.run(maker.home(), maker.check());
                    }
                }
            }
        }
    }

    /** As a person does it: the address in a browser, the code from there into the script. */
    @Test
    void showsEachRequestWithCurl() throws Exception {
        var home = Files.createDirectories(Path.of("target", "connections", "curl"));
        for (var method : METHODS) {
            for (var userInfo : USERINFO) {
                var client = register(Maker.OPENID_CLIENT, freePort(), method, userInfo);
                var script = files("curl", client, "?provider=mock").get("log-in.sh");
                Files.writeString(home.resolve("log-in.sh"), script);
                var address = script.lines()
                        .filter(line -> line.startsWith("http"))
                        .findFirst()
                        .orElseThrow();
                var answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(address + "&login_hint=" + USER))
                                        .build(),
                                BodyHandlers.discarding());
                var code = answer.headers()
                        .firstValue("Location")
                        .orElseThrow()
                        .replaceFirst(".*[?&]code=([^&]*).*", "$1");
                Files.writeString(home.resolve("code.txt"), code + "\n");
                var told = Program.run(
                        home, environment(home, 0, client), "sh", "-c", "sh log-in.sh < code.txt 2> /dev/null");
                assertThat(told.lines().reduce((one, next) -> next).orElseThrow())
                        .as(method + " " + userInfo)
                        .matches(userInfo.equals("plain") ? "\\{.*\"sub\".*}" : "[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            }
        }
    }

    /** A log-in, and the end of its session by a logout token. */
    private String logIn(int port, Client client, Program program) throws IOException, InterruptedException {
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
        }
        return status / 100 != 2
                ? "logout " + status
                : !walk.isLoggedOut() ? "stays logged in" : end.knowsRoles() ? "yes" : "without UserInfo";
    }

    private void faults(Maker maker, int port, Client client) throws IOException, InterruptedException {
        for (var fault : Fault.values()) {
            if (applies(fault, maker)) {
                var end = new Walk(port, issuer()).logIn(USER + "@" + fault.code());
                SEEN.fault(fault, maker.code(), verdict(fault, end));
            } else if (fault.point() == Point.LOGOUT_TOKEN) {
                SEEN.fault(fault, maker.code(), logout(port, client, fault));
            }
        }
    }

    private static String verdict(Fault fault, Walk.End end) {
        if (!end.loggedIn()) {
            return end.status() == 0 ? "hangs" : "refused";
        }
        return fault.code().startsWith("userinfo-") && !end.knowsRoles() ? "let in without UserInfo" : "taken";
    }

    /** What says nothing where UserInfo is not signed. */
    private static boolean applies(Fault fault, Maker maker) {
        return OF_A_LOG_IN.contains(fault.point())
                && (!maker.userInfoOfFaults().equals("plain") || !OF_A_SIGNATURE.contains(fault));
    }

    private String logout(int port, Client client, Fault fault) throws IOException, InterruptedException {
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
    private int sendLogoutToken(Client client, String fault) throws IOException, InterruptedException {
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

    private record Client(String path, String clientId, String secret) {
        @Override
        public String toString() {
            return clientId;
        }
    }

    private static Client register(Maker maker, int port, String method, String userInfo) {
        var application = Api.newApplication("Connection of " + maker.code());
        var metadata = new HashMap<String, Object>(Map.of(
                "redirect_uris", List.of("https://app.supplier.co.uk/callback"), "token_endpoint_auth_method", method));
        if (method.equals("private_key_jwt")) {
            metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        }
        if (!userInfo.equals("plain")) {
            metadata.put("userinfo_signed_response_alg", userInfo);
        }
        var path = application + "/registrations/integration";
        var owner = Api.as("owner");
        var answer = owner.put(path, metadata, "If-None-Match: *");
        answer.then().statusCode(201);
        owner.put(
                        path + "/local-addresses",
                        Map.of(
                                "redirect_uris",
                                List.of(maker.redirectUri(port)),
                                "backchannel_logout_uri",
                                maker.logoutUri(port)),
                        "")
                .then()
                .statusCode(200);
        return new Client(path, answer.path("client_id"), answer.path("client_secret"));
    }

    /** The files of the kit as the API gives them. */
    private static Map<String, String> files(Maker maker, Client client) {
        return files(maker.code(), client, "?provider=mock");
    }

    private static Map<String, String> files(String framework, Client client, String query) {
        var answer = Api.as("viewer").get(client.path() + "/kit" + query);
        answer.then().statusCode(200).body("client_id", equalTo(client.clientId()));
        List<Map<String, Object>> kits = answer.path("kits");
        var kit = kits.stream()
                .filter(one -> one.get("framework").equals(framework))
                .findFirst()
                .orElseThrow();
        SEEN.kit(framework, (String) kit.get("name"), (String) kit.get("version"));
        var files = new LinkedHashMap<String, String>();
        for (var file : (List<?>) kit.get("files")) {
            files.put((String) ((Map<?, ?>) file).get("name"), (String) ((Map<?, ?>) file).get("text"));
        }
        return files;
    }

    private static Program start(Maker maker, int port, Client client) throws Exception {
        return Program.serve(
                maker.home(), port, environment(maker.home(), port, client), maker.command(maker.home(), port));
    }

    private static Map<String, String> environment(Path home, int port, Client client) throws Exception {
        var key = pem(home, "PRIVATE KEY", LaboratoryInternet.KEY.toPrivateKey().getEncoded());
        var publicKey =
                pem(home, "PUBLIC KEY", LaboratoryInternet.KEY.toPublicKey().getEncoded());
        var environment = new HashMap<>(Map.of(
                "CLIENT_KEY_FILE",
                key,
                "CLIENT_PUBLIC_KEY_FILE",
                publicKey,
                "CLIENT_KEY_ID",
                LaboratoryInternet.KEY.getKeyID(),
                "SESSION_KEY",
                "0123456789abcdef".repeat(4),
                "AUTH_SECRET",
                "0123456789abcdef".repeat(4),
                "AUTH_URL",
                "http://localhost:" + port + "/auth",
                "PORT",
                Integer.toString(port)));
        if (client.secret() != null) {
            environment.put("CLIENT_SECRET", client.secret());
        }
        return environment;
    }

    /** @return where it is */
    private static String pem(Path home, String what, byte[] encoded) throws IOException {
        var file = home.toAbsolutePath()
                .resolve(what.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".pem");
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n")
                .toString();
    }

    private String issuer() {
        return issuers.common().url();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

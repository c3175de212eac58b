package dev.connectionmanager.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.connectionmanager.application.Framework;
import dev.connectionmanager.testing.LocalPortal;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final List<String> METHODS =
            List.of("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt");
    private static final List<String> USERINFO = List.of("plain", "RS256", "RS512");

    private static final Seen SEEN = new Seen();

    @Inject
    LogInTrial trial;

    static Stream<Maker> makers() {
        var wanted = System.getProperty("connections", "");
        return Stream.of(Maker.values())
                .filter(maker -> wanted.isBlank() || List.of(wanted.split(",")).contains(maker.code()));
    }

    static Stream<Maker> newcomers() {
        return makers().filter(Newcomer.MAKERS::contains);
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
        int port = Program.freePort();
        var first = RegisteredClient.of(maker, port, METHODS.get(0), USERINFO.get(0));
        var rehearsal = first.rehearsal(maker.code());
        SEEN.kit(maker.code(), rehearsal.name(), rehearsal.version());
        maker.write(rehearsal.files());
        install(maker);
        for (var method : METHODS) {
            for (var userInfo : USERINFO) {
                logIn(maker, port, method, userInfo);
            }
        }
        SEEN.faults(
                maker.code(),
                new ProviderTrial(maker, port, rehearsal.files(), trial.issuer(), first.clientId()).faults());
        assertThat(SEEN.failures(maker.code(), maker.promised())).isEmpty();
    }

    /** What cannot be installed here is no fault of its kit. */
    private static void install(Maker maker) throws InterruptedException {
        try {
            maker.install(maker.home());
        } catch (IOException | IllegalStateException e) {
            SEEN.notInstalled(maker.code());
            abort(maker + " is not run, since it cannot be installed here: " + e.getMessage());
        }
    }

    private void logIn(Maker maker, int port, String method, String userInfo) throws Exception {
        var client = RegisteredClient.of(maker, port, method, userInfo);
        maker.write(client.rehearsal(maker.code()).files());
        try (var program = maker.start(port, client.environment(maker.home(), port))) {
            SEEN.logIn(maker.code(), method, userInfo, trial.logIn(port, client, program));
            if (method.equals(METHODS.get(0)) && userInfo.equals(maker.userInfoOfFaults())) {
                SEEN.faults(maker.code(), trial.faults(port, client, !userInfo.equals(USERINFO.get(0))));
            }
        } catch (IllegalStateException e) {
            SEEN.logIn(maker.code(), method, userInfo, "does not start");
            System.out.println(maker + " " + method + " " + userInfo + ": " + e.getMessage());
        }
    }

    /** From the page that shows the client ID to a person who is logged in, by nothing but what the portal shows. */
    @ParameterizedTest
    @MethodSource("newcomers")
    void aNewcomerLogsInByWhatThePagesShow(Maker maker) throws Exception {
        try (var newcomer = new Newcomer(maker, Program.freePort())) {
            newcomer.register();
            install(maker);
            SEEN.newcomer(maker.code(), newcomer.logIn());
        }
    }

    /** For the environment there is nobody to log in at, but each text must be one that its program reads. */
    @Test
    void readsWhatLeadsToTheEnvironment() throws Exception {
        for (var maker : makers().filter(one -> one.check() != null).toList()) {
            for (var method : METHODS) {
                for (var userInfo : USERINFO) {
                    var client = RegisteredClient.of(maker, Program.freePort(), method, userInfo);
                    maker.write(client.inEarnest(maker.code()).files());
                    // Some read the keys as well.
                    client.environment(maker.home(), 0);
                    check(maker);
                }
            }
        }
    }

    private static void check(Maker maker) throws InterruptedException {
        try {
            Program.run(maker.home(), maker.check());
        } catch (IOException e) {
            System.out.println(maker + " is not checked, since it is not here: " + e.getMessage());
        }
    }

    /** As a person does it: the address in a browser, the code from there into the script. */
    @Test
    void showsEachRequestWithCurl() throws Exception {
        var home = Files.createDirectories(Path.of("target", "connections", "curl"));
        for (var method : METHODS) {
            for (var userInfo : USERINFO) {
                var client = RegisteredClient.of(Maker.OPENID_CLIENT, Program.freePort(), method, userInfo);
                var script = client.rehearsal("curl").files().get("log-in.sh");
                Files.writeString(home.resolve("log-in.sh"), script);
                Files.writeString(home.resolve("code.txt"), code(script) + "\n");
                var told = Program.run(
                        home, client.environment(home, 0), "sh", "-c", "sh log-in.sh < code.txt 2> /dev/null");
                assertThat(told.lines().reduce((one, next) -> next).orElseThrow())
                        .as(method + " " + userInfo)
                        .matches(userInfo.equals("plain") ? "\\{.*\"sub\".*}" : "[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            }
        }
    }

    /** That which a browser comes back with from the address in the script. */
    private static String code(String script) throws IOException, InterruptedException {
        var address = script.lines()
                .filter(line -> line.startsWith("http"))
                .findFirst()
                .orElseThrow();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + "&login_hint=" + LogInTrial.USER))
                                .build(),
                        BodyHandlers.discarding())
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst(".*[?&]code=([^&]*).*", "$1");
    }
}

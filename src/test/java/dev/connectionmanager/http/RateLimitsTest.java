package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.InitialAccessTokenExamples;
import dev.connectionmanager.testing.LocalPortal;
import dev.connectionmanager.testing.Persons;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits low enough to reach; behind a proxy on this computer that says which address it speaks for. */
@QuarkusTest
@WithTestResource(
        value = LocalPortal.class,
        initArgs = {
            @ResourceArg(name = "connection-manager.limits.log-ins-a-minute", value = "12"),
            @ResourceArg(name = "connection-manager.limits.writes-a-minute", value = "6"),
            @ResourceArg(name = "connection-manager.limits.reads-a-minute", value = "40"),
            @ResourceArg(name = "connection-manager.limits.live-checks-a-minute", value = "2"),
            @ResourceArg(name = "connection-manager.limits.arrival", value = "5s"),
            @ResourceArg(name = "connection-manager.limits.arriving-at-once", value = "3"),
            @ResourceArg(name = "connection-manager.limits.idle", value = "1s"),
            @ResourceArg(name = "quarkus.http.proxy.proxy-address-forwarding", value = "true"),
            @ResourceArg(name = "quarkus.http.proxy.trusted-proxies", value = "127.0.0.1")
        })
class RateLimitsTest {
    private static final String REGISTER = "/connect/integration/register";
    private static final String CLIENT = "{\"redirect_uris\":[\"https://limited.supplier.co.uk/callback\"]}";
    private static final String APPLICATIONS = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";

    @Test
    void aPersonWritesSoOftenAMinuteAndReadsOn() {
        var token = Persons.accessToken("admin");
        Supplier<HttpResponse<String>> write = () -> api("POST", APPLICATIONS, token, "198.51.100.1");
        var answers = Stream.generate(write).limit(8).toList();
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 429))
                .hasSizeBetween(1, 2);
        var refused = answers.get(7);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 11);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answers.get(0).headers().firstValue("RateLimit-Policy")).hasValue("\"writes\";q=6;w=60");
        assertThat(answers.get(0).headers().firstValue("RateLimit").orElseThrow())
                .startsWith("\"writes\";r=5;t=");
        assertThat(answers.get(1).headers().firstValue("RateLimit").orElseThrow())
                .startsWith("\"writes\";r=4;t=");
        assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"writes\";r=0;t=");
        assertThat(api("GET", APPLICATIONS, token, "198.51.100.1").statusCode()).isEqualTo(200);
        // The person is meant, not the address: another address is none the better, another person none the worse.
        assertThat(api("POST", APPLICATIONS, token, "198.51.100.2").statusCode())
                .isEqualTo(429);
        assertThat(api("POST", APPLICATIONS, Persons.accessToken("viewer"), "198.51.100.1")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aCredentialHasAShareOfItsOwn() {
        var token = Credentials.token("credential-write");
        var statuses = statuses(8, () -> api("POST", APPLICATIONS, token, "198.51.100.3"));
        assertThat(statuses.subList(0, 6)).containsOnly(422);
        assertThat(statuses.get(7)).isEqualTo(429);
        assertThat(api("POST", APPLICATIONS, Credentials.token("credential-read"), "198.51.100.3")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void scriptsReadSoOftenAMinute() {
        var token = Persons.accessToken("operator2");
        var statuses = statuses(45, () -> api("GET", "/api/v1/environments", token, "198.51.100.10"));
        assertThat(statuses.subList(0, 40)).containsOnly(200);
        assertThat(statuses.get(44)).isEqualTo(429);
        assertThat(api("GET", "/api/v1/environments", Persons.accessToken("viewer"), "198.51.100.10")
                        .headers()
                        .firstValue("RateLimit-Policy"))
                .hasValue("\"reads\";q=40;w=60");
        assertThat(api("GET", "/api/v1/environments", "", "198.51.100.10")
                        .headers()
                        .firstValue("RateLimit"))
                .isEmpty();
        assertThat(api("GET", "/api/v1/environments", Credentials.token("credential-read"), "198.51.100.10")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoSaysNothingSharesTheAddress() {
        var statuses = statuses(8, () -> api("POST", APPLICATIONS, "", "198.51.100.4"));
        assertThat(statuses.subList(0, 6)).containsOnly(401);
        assertThat(statuses.get(7)).isEqualTo(429);
        assertThat(api("POST", APPLICATIONS, "", "198.51.100.5").statusCode()).isEqualTo(401);
    }

    /** Nor by a header that nobody believes, nor by taking the next address of the same network. */
    @Test
    void nobodyIsBetterOffByWhatTheyMakeUp() {
        var path = "/logout/back-channel";
        var statuses = IntStream.range(0, 8)
                .mapToObj(i -> api("POST", path, "made-up-" + i, "2001:db8:1:2::" + i))
                .map(HttpResponse::statusCode)
                .toList();
        assertThat(statuses.subList(0, 6)).doesNotContain(429);
        assertThat(statuses.get(7)).isEqualTo(429);
        assertThat(api("POST", path, "", "2001:db8:1:2:ffff::1").statusCode()).isEqualTo(429);
        assertThat(api("POST", path, "", "2001:db8:1:3::1").statusCode()).isNotEqualTo(429);
        var disbelieved = statuses(8, () -> api("POST", APPLICATIONS, "made-up", "198.51.100.10"));
        assertThat(disbelieved.subList(0, 6)).containsOnly(401);
        assertThat(disbelieved.get(7)).isEqualTo(429);
        assertThat(api("GET", APPLICATIONS, Persons.accessToken("viewer"), "198.51.100.10")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Whichever edge it comes by: a credential that has written enough to the API has registered enough as well. */
    @Test
    void aCredentialRegistersAndWritesOfOneShare() {
        var token = Credentials.issue("both edges", "write", null).<String>path("token");
        var statuses = statuses(8, () -> api("POST", REGISTER, token, "198.51.100.30"));
        assertThat(statuses.subList(0, 6)).containsOnly(400);
        var refused = api("POST", REGISTER, token, "198.51.100.31");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("\"error\":\"temporarily_unavailable\"");
        assertThat(api("POST", APPLICATIONS, token, "198.51.100.30").statusCode())
                .isEqualTo(429);
    }

    @Test
    void aTokenForRegistrationHasAShareOfItsOwn() {
        var initial = InitialAccessTokenExamples.issue("integration", 2).<String>path("token");
        var made = send("POST", REGISTER, initial, "198.51.100.32", CLIENT);
        assertThat(made.statusCode()).isEqualTo(201);
        var statuses = statuses(7, () -> api("POST", REGISTER, initial, "198.51.100.32"));
        assertThat(statuses.subList(0, 5)).containsOnly(400);
        assertThat(statuses.get(6)).isEqualTo(429);
        var client = member(made, "registration_client_uri").replace(Persons.address(), "");
        var own = member(made, "registration_access_token");
        var replacements = statuses(8, () -> api("PUT", client, own, "198.51.100.32"));
        assertThat(replacements.subList(0, 6)).containsOnly(400);
        assertThat(replacements.get(7)).isEqualTo(429);
        assertThat(api("DELETE", client, own, "198.51.100.33").statusCode()).isEqualTo(429);
        var reads = statuses(45, () -> api("GET", client, own, "198.51.100.32"));
        assertThat(reads.subList(0, 40)).containsOnly(200);
        assertThat(reads.get(44)).isEqualTo(429);
    }

    private static String member(HttpResponse<String> answer, String name) {
        return answer.body().replaceAll("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    /** A token that nobody believes is as none; there is no guessing at the tokens of a client either. */
    @Test
    void whoMakesUpTokensForRegistrationSharesTheAddress() {
        var client = REGISTER + "/100000000000.apps.supplier";
        var calls = List.of("POST " + REGISTER, "PUT " + client, "DELETE " + client);
        for (var call : calls) {
            var address = "198.51.100.4" + calls.indexOf(call);
            var statuses = IntStream.range(0, 8)
                    .mapToObj(i -> api(call.split(" ")[0], call.split(" ")[1], "cm_rat_" + i, address))
                    .map(HttpResponse::statusCode)
                    .toList();
            assertThat(statuses.subList(0, 6)).as(call).containsOnly(401);
            assertThat(statuses.get(7)).as(call).isEqualTo(429);
        }
    }

    /** Many at once take no more than one after another. */
    @Test
    void ofManyAtOnceOnlyTheShareIsTaken() {
        var answers = IntStream.range(0, 24)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> api("POST", APPLICATIONS, "", "198.51.100.6").statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers.stream().filter(status -> status == 401)).hasSizeBetween(6, 7);
    }

    @Test
    void logInsOfAnAddressAreLimitedAndThePageSaysWhatToDo() {
        var answers = Stream.generate(() -> send("GET", "/login", "", "198.51.100.7", ""))
                .limit(15)
                .toList();
        assertThat(answers.subList(0, 12)).allMatch(answer -> answer.statusCode() == 302);
        var refused = answers.get(14);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("<h1>Too many requests</h1>", "Wait");
        assertThat(send("GET", "/login", "", "198.51.100.8", "").statusCode()).isEqualTo(302);
        assertThat(send("GET", "/", "", "198.51.100.7", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aPersonHasEndpointsOpenedSoOftenAMinute() {
        var path = "/api/v1/environments/integration/validations?live=true";
        var token = Persons.accessToken("other-owner");
        var answers = Stream.generate(() -> api("POST", path, token, "198.51.100.9"))
                .limit(3)
                .toList();
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 200, 429);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.headers().firstValue("RateLimit-Policy"))
                .hasValue("\"writes\";q=6;w=60, \"live-checks\";q=2;w=60"));
        assertThat(answers)
                .extracting(answer -> answer.headers()
                        .firstValue("RateLimit")
                        .orElseThrow()
                        .replaceAll(".*\"live-checks\";r=([0-9]).*", "$1"))
                .containsExactly("1", "0", "0");
        assertThat(api("POST", path.replace("true", "false"), token, "198.51.100.9")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Three at most of one address, as the proxy says it: a place is one's whose body is on its way, and for a second. */
    @Test
    void bodiesOfAnAddressAreOnTheirWayForATimeAndInANumber() throws IOException {
        try (var first = stalled("198.51.100.20");
                var second = stalled("198.51.100.20");
                var third = stalled("198.51.100.20");
                var elsewhere = stalled("198.51.100.21");
                var fourth = stalled("198.51.100.20")) {
            assertThat(first.answer()).startsWith("HTTP/1.1 429").containsIgnoringCase("Retry-After: 10");
            // Another that is there at once is served beside them; the next oldest makes room for it.
            assertThat(api("POST", "/logout/back-channel", "", "198.51.100.20").statusCode())
                    .isNotEqualTo(429);
            assertThat(second.answer()).startsWith("HTTP/1.1 429");
            for (var slow : List.of(third, fourth, elsewhere)) {
                assertThat(slow.answer()).startsWith("HTTP/1.1 408").contains("The body did not arrive in time");
            }
        }
    }

    /** A proxy has many connections, and keeps those that had an answer for as long as it is told. */
    @Test
    void headersHaveATimeAndAProxysConnectionsHaveNoNumber() throws IOException {
        var begun = System.nanoTime();
        try (var first = RawConnection.open();
                var second = RawConnection.open();
                var third = RawConnection.open();
                var fourth = RawConnection.open();
                var fifth = RawConnection.open()) {
            fifth.send("GET / HTTP/1.1\r\nHost: local");
            for (var connection : List.of(first, second, third, fourth, fifth)) {
                assertThat(connection.answer()).isEmpty();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(4_900));
        }
    }

    /** One after the other: the portal has this one when the next is sent. */
    private static RawConnection stalled(String address) throws IOException {
        return RawConnection.open()
                .send(
                        "POST /logout/back-channel HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + address
                                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n")
                .untilContinue()
                .send("l");
    }

    private static List<Integer> statuses(int times, Supplier<HttpResponse<String>> call) {
        return Stream.generate(call).limit(times).map(HttpResponse::statusCode).toList();
    }

    private static HttpResponse<String> api(String method, String path, String token, String address) {
        return send(method, path, token, address, method.equals("GET") ? "" : "{}");
    }

    private static HttpResponse<String> send(String method, String path, String token, String address, String body) {
        var document = path.startsWith("/api/") || path.startsWith("/connect/");
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + path))
                .header("Content-Type", document ? "application/json" : "application/x-www-form-urlencoded")
                .header("X-Forwarded-For", address)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return Persons.send(HttpClient.newHttpClient(), request.build());
    }
}

package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Patience;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A test of one's own at the mock, as an automated test makes it. */
public record MockTest(String id, String issuer, String token) {
    /** Where no key is ready it asks again, as everybody should. */
    public static MockTest make() {
        return make(Api.bare());
    }

    static MockTest make(RequestSpecification asking) {
        return of(patiently(() -> asking.post("/mock/tests")));
    }

    /** Asks again while no key is ready. */
    public static Response patiently(Supplier<Response> request) {
        var answer = new AtomicReference<>(request.get());
        try {
            Patience.until("a key is ready", () -> answer.get().statusCode() != 503 || again(answer, request));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return answer.get();
    }

    private static boolean again(AtomicReference<Response> answer, Supplier<Response> request) {
        assertThat(answer.get().header("Retry-After")).isEqualTo("1");
        answer.set(request.get());
        return answer.get().statusCode() != 503;
    }

    static MockTest of(Response made) {
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
        return new MockTest(made.path("id"), made.path("issuer"), made.path("token"));
    }

    public RequestSpecification request() {
        return Api.bare().auth().oauth2(token).contentType("application/json");
    }

    public String path(String part) {
        return "/mock/tests/" + id + "/" + part;
    }

    /** @param metadata of one client, beside a redirect URI on this computer */
    public Client client(Map<String, Object> metadata) {
        var whole = new java.util.HashMap<String, Object>(metadata);
        whole.putIfAbsent("redirect_uris", List.of(Client.REDIRECT));
        whole.putIfAbsent("token_endpoint_auth_method", "client_secret_basic");
        var made = request().body(Map.of("items", List.of(whole))).put(path("clients"));
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(200);
        return new Client(made.path("items[0].client_id"), made.path("items[0].client_secret"));
    }

    public void want(String fault, Object times) {
        request()
                .body(times == null ? Map.of("name", fault, "always", true) : Map.of("name", fault, "times", times))
                .post(path("faults"))
                .then()
                .statusCode(201);
    }

    public record Client(String id, String secret) {
        public static final String REDIRECT = "http://127.0.0.1:8999/callback";
    }
}

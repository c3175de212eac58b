package dev.connectionmanager.testing;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A script: speaks to the REST API with a person's real access token, or an API credential. */
public final class Api {
    public static final String FIRST_TEAM = "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11";
    public static final String OTHER_TEAM = "9d0b54c0-3f0e-4c1b-8a35-7f5b0f6f2b22";

    private final Supplier<String> token;

    private Api(Supplier<String> token) {
        this.token = token;
    }

    public static Api as(String user) {
        return new Api(() -> Persons.accessToken(user));
    }

    /** A script without a person: it brings this token, whatever it is. */
    public static Api with(String token) {
        return new Api(() -> token);
    }

    public RequestSpecification request() {
        return bare().auth().oauth2(token.get()).contentType("application/json");
    }

    /** Says nothing of who asks; what is answered is checked all the same. */
    public static RequestSpecification bare() {
        return given().filter(IssuedSecrets.collector())
                .filter(Problems::checked)
                .filter(Described::checked);
    }

    public Response get(String path) {
        return request().get(path);
    }

    public Response post(String path, Object body) {
        return request().body(body).post(path);
    }

    /** @param condition {@code If-Match: "tag"} or {@code If-None-Match: *}, as one line; empty for none */
    public Response put(String path, Object body, String condition) {
        return conditional(condition).body(body).put(path);
    }

    public Response patch(String path, Object body, String condition) {
        return conditional(condition)
                .contentType("application/merge-patch+json")
                .body(body)
                .patch(path);
    }

    public Response delete(String path, String condition) {
        return conditional(condition).delete(path);
    }

    private RequestSpecification conditional(String condition) {
        var request = request();
        if (!condition.isEmpty()) {
            var header = condition.split(": ", 2);
            request.header(header[0], header[1]);
        }
        return request;
    }

    /** @return the path of a new application of the first team */
    public static String newApplication(String name) {
        return as("owner")
                .post(
                        "/api/v1/teams/" + FIRST_TEAM + "/applications",
                        Map.of("name", name, "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
    }

    /** A request for access that breaks no rule, for a team of its own. */
    public static Map<String, Object> teamRequest() {
        return Map.of(
                "team_id",
                UUID.randomUUID().toString(),
                "name",
                "New Supplier",
                "categories",
                List.of("supplier"),
                "contact",
                "contact@supplier.example");
    }

    /** Metadata of a client with a secret that breaks no rule. */
    public static Map<String, Object> metadata() {
        return Map.of(
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback"),
                "token_endpoint_auth_method",
                "client_secret_basic");
    }
}

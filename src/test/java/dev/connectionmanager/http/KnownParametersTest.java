package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.description.ApiDescription;
import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.http.AccessMatrix.Route;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query parameter that nothing reads, or that stands there twice, is refused by every address of the API. */
@PortalTest
class KnownParametersTest {
    private static final Api OWNER = Api.as("owner");
    private static final String LIST = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";

    @Test
    void noAddressOfTheApiPassesOverAParameter() {
        var wrong = new ArrayList<String>();
        var routes = AccessMatrix.routes().stream()
                .map(Route::of)
                .filter(Route::forApi)
                .filter(KnownParametersTest::takesThisLogIn)
                .toList();
        for (var route : routes) {
            var answer = AccessMatrix.ask(route, Fixture.shared().fill(route) + "?liimit=1", "owner", Fixture.shared());
            if (answer.statusCode() != 400
                    || !answer.body().contains("\"parameter-unknown\"")
                    || !answer.body().contains("\"parameter\":\"liimit\"")) {
                wrong.add(route + " " + answer.statusCode() + " " + answer.body());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(routes).hasSizeGreaterThan(60);
    }

    /** The format of the existing tool has sessions of its own. */
    private static boolean takesThisLogIn(Route route) {
        return Edge.of(route.template()) != Edge.TOOL;
    }

    /** What is described is taken, once: were one of them unknown, the first answer would say so. */
    @Test
    void everyDescribedParameterIsTakenOnce() {
        var document = new ApiDescription().document();
        var wrong = new ArrayList<String>();
        AccessMatrix.routes().stream()
                .map(Route::of)
                .filter(Route::forApi)
                .filter(KnownParametersTest::takesThisLogIn)
                .forEach(route -> StreamSupport.stream(
                                document.path("paths")
                                        .path(route.template())
                                        .path(route.method().toLowerCase(Locale.ROOT))
                                        .path("parameters")
                                        .spliterator(),
                                false)
                        .map(one -> one.has("$ref")
                                ? document.at(one.get("$ref").textValue().substring(1))
                                : one)
                        .filter(one -> one.path("in").textValue().equals("query"))
                        .map(one -> one.path("name").textValue())
                        .forEach(name -> {
                            var once = Fixture.shared().fill(route) + "?" + name + "=made-up";
                            var first = AccessMatrix.ask(route, once, "owner", Fixture.shared());
                            var second = AccessMatrix.ask(route, once + "&" + name + "=x", "owner", Fixture.shared());
                            if (first.body().contains("parameter-unknown")
                                    || second.statusCode() != 400
                                    || !second.body().contains("parameter-repeated")) {
                                wrong.add(route + " " + name + " " + first.body() + " " + second.body());
                            }
                        }));
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=name", "=x", "limit%20=1", "Limit=1", "name=a&x", "cursor%5B%5D=x", "a%20%C3%A9=1"})
    void aMisspelledParameterIsNamed(String query) {
        OWNER.request()
                .urlEncodingEnabled(false)
                .get(LIST + "?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("parameter-unknown"));
    }

    /** The variable of a script was empty: without this it would get everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/requests?team=",
                "/api/v1/requests?state",
                "/api/v1/audit-events?object=",
                "/api/v1/environments?limit=",
                "/api/v1/environments?cursor="
            })
    void anEmptyFilterIsRefused(String address) {
        OWNER.get(address).then().statusCode(400).body("code", equalTo("parameter-empty"));
    }

    @Test
    void nothingCanBeLookedFor() {
        OWNER.get(LIST + "?name=").then().statusCode(200);
    }

    /** What the address repeats is no secret: that is looked for first. */
    @Test
    void aSecretIsNotRepeated() {
        var secret = Credentials.token("credential-read");
        OWNER.get(LIST + "?" + secret + "=1")
                .then()
                .statusCode(400)
                .body("code", equalTo("secret-in-address"))
                .body("detail", org.hamcrest.Matchers.not(containsString(secret)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "TRUE", "yes", "0", "true "})
    void aFlagIsTrueOrFalse(String value) {
        OWNER.request()
                .queryParam("live", value)
                .body(Api.metadata())
                .post("/api/v1/environments/integration/validations")
                .then()
                .statusCode(400)
                .body("code", equalTo("parameter-invalid"))
                .body("parameter", equalTo("live"))
                .body("detail", equalTo("live must be true or false."));
    }

    @Test
    void aValidationSaysWhichLiveChecksRan() {
        for (var query : List.of("", "?live=false", "?live=true")) {
            // A client with a secret alone has no endpoint.
            OWNER.post("/api/v1/environments/integration/validations" + query, Api.metadata())
                    .then()
                    .statusCode(200)
                    .body("live_checks", empty());
        }
    }
}

package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@PortalTest
class RegistrationsApiTest {
    private static final String NEW = "If-None-Match: *";
    private static final Api OWNER = Api.as("owner");
    private static final Api ADMIN = Api.as("admin");

    private String application;
    private String registration;

    @BeforeEach
    void makeApplication() {
        application = Api.newApplication("Ward Round");
        registration = application + "/registrations/integration";
    }

    @Test
    void issuesClientIdAndSecretAndShowsTheSecretOnce() {
        var issued = register();
        issued.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", registration)
                .body("client_id", matchesPattern("[1-9][0-9]{11}\\.apps\\.supplier"))
                .body(
                        "client_secret",
                        matchesPattern("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .body("client_secret_expires_at", equalTo(0))
                .body("client_name", equalTo("Ward Round"))
                .body("state", equalTo("active"))
                .body("version", equalTo(1));
        var secret = issued.<String>path("client_secret");
        for (var path : List.of(registration, registration + "/secrets", registration + "/revisions", application)) {
            assertThat(ADMIN.get(path).then().statusCode(200).extract().asString())
                    .doesNotContain(secret);
        }
    }

    @Test
    void issuesNoSecretForPrivateKeyJwt() {
        ADMIN.put(
                        registration,
                        with(
                                "token_endpoint_auth_method",
                                "private_key_jwt",
                                "jwks_uri",
                                "https://keys.laboratory.co.uk/jwks"),
                        NEW)
                .then()
                .statusCode(201)
                .body("client_secret", nullValue());
        ADMIN.post(registration + "/secrets", Map.of()).then().statusCode(409);
    }

    @Test
    void tellsEveryFindingAndIssuesNothing() {
        ADMIN.put(
                        registration,
                        with(
                                "redirect_uris",
                                List.of("https://app.supplier.co.uk/a", "http://x.nhs.uk/#"),
                                "surprise",
                                1),
                        NEW)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.code", contains("unknown-member", "redirect-uri-not-https", "redirect-uri-fragment"))
                .body("errors.pointer", contains("/surprise", "/redirect_uris/1", "/redirect_uris/1"))
                .body("errors.severity", hasItem("blocks"));
        ADMIN.get(registration).then().statusCode(404);
    }

    @Test
    void keepsWarningsWithTheRegistration() {
        ADMIN.put(registration, with("redirect_uris", List.of("https://app.trust.local/cb")), NEW)
                .then()
                .statusCode(201)
                .body("warnings.code", contains("redirect-uri-not-public"));
        ADMIN.get(registration).then().body("warnings", nullValue());
        ADMIN.get(registration + "/warnings").then().body("items.severity", contains("warns"));
    }

    @Test
    void whatWasReadCanBeSentBack() {
        register();
        var read = ADMIN.get(registration);
        ADMIN.put(registration, read.asString(), match(read))
                .then()
                .statusCode(200)
                .header("ETag", read.header("ETag"))
                .body("version", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "client_secret", "environment", "state", "version", "application_id"})
    void whatOnlyThePortalSetsCannotBeChanged(String member) {
        var tag = match(register());
        ADMIN.put(registration, with(member, "other"), tag)
                .then()
                .statusCode(422)
                .body("errors.code", contains("read-only-member"));
    }

    @Test
    void everyChangeIsARevisionWithActorAndDiff() {
        var issued = register();
        ADMIN.put(registration, with("redirect_uris", List.of("https://app.supplier.co.uk/new")), match(issued))
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("client_id", equalTo(issued.path("client_id")));
        ADMIN.get(registration + "/revisions")
                .then()
                .body("items", hasSize(2))
                .body("items[0].actor", equalTo("Adam Admin"))
                .body("items[0].diff[0].field", equalTo("redirect_uris"))
                .body("items[0].diff[0].removed", contains("https://app.supplier.co.uk/callback"))
                .body("items[0].diff[0].added", contains("https://app.supplier.co.uk/new"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|428", "If-Match: *|428", "If-None-Match: *|412", "If-Match: \"other\"|412", "If-Match: W/|412"
            })
    void changesNothingWithoutTheRightPrecondition(String condition, int status) {
        var issued = register();
        var sent = condition.endsWith("W/") ? condition + issued.header("ETag") : condition;
        ADMIN.put(registration, with("client_name", "Other"), sent).then().statusCode(status);
        ADMIN.delete(registration, sent).then().statusCode(status);
        ADMIN.get(registration).then().body("client_name", equalTo("Ward Round"));
    }

    @Test
    void creatingNeedsToExpectNothing() {
        ADMIN.put(registration, Api.metadata(), "").then().statusCode(428);
        ADMIN.put(registration, Api.metadata(), "If-Match: \"x\"").then().statusCode(412);
    }

    @Test
    void answersNotModifiedToWhoHasItAlready() {
        var tag = register().header("ETag");
        ADMIN.request()
                .header("If-None-Match", tag)
                .get(registration)
                .then()
                .statusCode(304)
                .header("ETag", tag);
    }

    @Test
    void goesBackInTheHistoryPageByPage() {
        ADMIN.put(registration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        for (var name : List.of("Second", "Third")) {
            var metadata = new HashMap<>(Api.metadata());
            metadata.put("client_name", name);
            ADMIN.put(
                            registration,
                            metadata,
                            "If-Match: " + ADMIN.get(registration).header("ETag"))
                    .then()
                    .statusCode(200);
        }
        var first = ADMIN.get(registration + "/revisions?limit=2");
        first.then()
                .body("items.version", contains(3, 2))
                .body("items[1].diff.size()", equalTo(1))
                .body("next_cursor", notNullValue());
        ADMIN.get(registration + "/revisions?limit=2&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.version", contains(1))
                .body("items[0].diff.size()", greaterThan(1))
                .body("next_cursor", nullValue());
        ADMIN.get(registration + "/revisions?cursor=x").then().statusCode(400);
        var page = registration.substring("/api/v1".length()) + "/history";
        var browser = Persons.browser("admin");
        assertThat(Persons.get(browser, page).body()).contains("Third").doesNotContain("Older changes");
        assertThat(Persons.get(browser, page + "?cursor=" + new Cursor("2", UUID.randomUUID()).encoded())
                        .body())
                .contains("Registered on")
                .doesNotContain("Third");
        assertThat(Persons.get(browser, page + "?cursor=x").statusCode()).isEqualTo(404);
    }

    @Test
    void whereItSaysThatSomethingIsItCanBeRead() {
        ADMIN.put(registration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        var secret = ADMIN.post(registration + "/secrets", Map.of());
        ADMIN.get(secret.header("Location"))
                .then()
                .statusCode(200)
                .body("last_four", equalTo(secret.path("last_four")))
                .body("client_secret", nullValue());
        var credential = Credentials.issue("Read again", "read", null);
        ADMIN.get(credential.header("Location"))
                .then()
                .statusCode(200)
                .body("name", equalTo("Read again"))
                .body("token", nullValue());
    }

    @Test
    void switchingTheMechanismRevokesAndIssuesSecrets() {
        var issued = register();
        var keyed = ADMIN.put(
                registration,
                with("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", "https://keys.laboratory.co.uk/jwks"),
                match(issued));
        keyed.then().statusCode(200).body("client_secret", nullValue());
        ADMIN.get(registration + "/secrets").then().body("items", hasSize(0));
        var back = ADMIN.put(registration, Api.metadata(), match(keyed));
        assertThat(back.<String>path("client_secret")).isNotNull().isNotEqualTo(issued.<String>path("client_secret"));
    }

    @Test
    void rotatesWithAnOverlapAndKeepsAtMostTwo() {
        register();
        var secrets = registration + "/secrets";
        ADMIN.post(secrets, Map.of("overlap_seconds", 60))
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store");
        ADMIN.get(secrets).then().body("items", hasSize(2));
        ADMIN.post(secrets, Map.of()).then().statusCode(409);
        var last = ADMIN.post(secrets, Map.of("overlap_seconds", 0));
        last.then().statusCode(201);
        ADMIN.get(secrets)
                .then()
                .body("items.id", contains(last.<String>path("id")))
                .body(
                        "items.last_four",
                        contains(last.<String>path("client_secret").substring(32)));
        ADMIN.delete(last.header("Location"), "").then().statusCode(204);
        ADMIN.get(secrets).then().body("items", hasSize(0));
        ADMIN.delete(last.header("Location"), "").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"overlap_seconds\":-1}",
                "{\"overlap_seconds\":2592001}",
                "{\"overlap_seconds\":\"7\"}",
                "{\"x\":1}"
            })
    void refusesAnOddOverlap(String body) {
        register();
        ADMIN.post(registration + "/secrets", body).then().statusCode(422);
        ADMIN.get(registration + "/secrets").then().body("items", hasSize(1));
    }

    @Test
    void deletionEndsTheClientIdForEver() {
        var issued = register();
        ADMIN.delete(registration, match(issued)).then().statusCode(204);
        ADMIN.get(registration).then().statusCode(404);
        ADMIN.put(registration, Api.metadata(), match(issued)).then().statusCode(412);
        var again = register();
        assertThat(again.<String>path("client_id")).isNotEqualTo(issued.<String>path("client_id"));
        ADMIN.put(registration, Api.metadata(), match(issued)).then().statusCode(412);
    }

    @Test
    void namesWhyThereIsNothingToRegister() {
        ADMIN.put(application + "/registrations/mock", Api.metadata(), NEW)
                .then()
                .statusCode(404)
                .body("detail", equalTo("Mock authorisation service needs no registration."));
        ADMIN.get(application + "/registrations/nowhere").then().statusCode(404);
    }

    @Test
    void ofFiftyChangesAtOnceExactlyOneWins() throws Exception {
        var tag = match(register());
        var statuses = new TreeMap<Integer, Integer>();
        AtOnce.each(
                        i -> () -> ADMIN.put(registration, with("client_name", "Number " + i), tag)
                                .statusCode(),
                        50)
                .forEach(status -> statuses.merge(status, 1, Integer::sum));
        assertThat(statuses).isEqualTo(Map.of(200, 1, 412, 49));
        ADMIN.get(registration + "/revisions").then().body("items", hasSize(2));
    }

    @Test
    void ofTwentyRegistrationsAtOnceExactlyOneIsIssued() throws Exception {
        var statuses = AtOnce.all(() -> register().statusCode(), 20);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status != 201).containsOnly(412);
    }

    @Test
    void neverHasMoreThanTwoLiveSecretsHoweverManyAskAtOnce() throws Exception {
        register();
        AtOnce.all(() -> ADMIN.post(registration + "/secrets", Map.of()).statusCode(), 20);
        ADMIN.get(registration + "/secrets").then().body("items", hasSize(2));
    }

    private Response register() {
        return ADMIN.put(registration, Api.metadata(), NEW);
    }

    private static String match(Response read) {
        return "If-Match: " + read.header("ETag");
    }

    private static Map<String, Object> with(Object... changes) {
        var metadata = new TreeMap<>(Api.metadata());
        for (int i = 0; i < changes.length; i += 2) {
            metadata.put((String) changes[i], changes[i + 1]);
        }
        return metadata;
    }
}

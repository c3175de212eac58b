package dev.connectionmanager.api.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Offers;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@PortalTest
class ApplicationsApiTest {
    private static final Api OWNER = Api.as("owner");
    private static final String LIST = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";

    @Test
    void patchChangesWhatItNamesAndNothingElse() {
        var application = Api.newApplication("Ward Round");
        var patch = new HashMap<String, Object>(Map.of("description", "For wards", "contacts", List.of("a@b.nhs.uk")));
        OWNER.patch(application, patch, "If-Match: \"0\"")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", equalTo("Ward Round"))
                .body("contacts", contains("a@b.nhs.uk"));
        patch.clear();
        patch.put("description", null);
        OWNER.patch(application, patch, "If-Match: \"1\"")
                .then()
                .body("description", equalTo(""))
                .body("contacts", hasSize(1));
        OWNER.patch(application, patch, "If-Match: \"0\"").then().statusCode(412);
        OWNER.patch(application, patch, "").then().statusCode(428);
    }

    @Test
    void takesAListOfTagsAndSaysWhatIsWrongWithOne() {
        var application = Api.newApplication("Tagged");
        OWNER.patch(application, Map.of("name", "Once"), "If-Match: \"9\" , \"0\"")
                .then()
                .statusCode(200);
        OWNER.request()
                .contentType("application/merge-patch+json")
                .header("If-Match", "\"9\"", "\"1\"")
                .body(Map.of("name", "In two lines"))
                .patch(application)
                .then()
                .statusCode(200);
        for (var said : Map.of(
                        "\"0\"", "changed since you read it",
                        "W/\"2\"", "is weak",
                        "\"other\"", "no ETag of this",
                        "2", "with its quotation marks")
                .entrySet()) {
            OWNER.patch(application, Map.of("name", "Never"), "If-Match: " + said.getKey())
                    .then()
                    .statusCode(412)
                    .body("code", equalTo("stale"))
                    .body("detail", containsString(said.getValue()));
        }
    }

    @Test
    void categoryAndTypeFreezeWithTheFirstRegistration() {
        var application = Api.newApplication("Frozen");
        OWNER.patch(application, Map.of("category", "local"), "If-Match: \"0\"")
                .then()
                .statusCode(200);
        OWNER.put(application + "/registrations/deployment", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        OWNER.patch(application, Map.of("category", "supplier"), "If-Match: \"1\"")
                .then()
                .statusCode(409);
        OWNER.patch(application, Map.of("application_type", "native"), "If-Match: \"1\"")
                .then()
                .statusCode(409);
        OWNER.patch(application, Map.of("name", "Still mine"), "If-Match: \"1\"")
                .then()
                .statusCode(200);
    }

    @Test
    void onlyAnOwnerDeletesAndOnlyWithoutRegistrations() {
        var application = Api.newApplication("To delete");
        var registration = application + "/registrations/integration";
        var tag = OWNER.put(registration, Api.metadata(), "If-None-Match: *").header("ETag");
        OWNER.delete(application, "If-Match: \"0\"").then().statusCode(409);
        OWNER.delete(registration, "If-Match: " + tag).then().statusCode(204);
        Api.as("admin").delete(application, "If-Match: \"0\"").then().statusCode(403);
        Offers.ofFirstTeam(application.substring(application.lastIndexOf('/') + 1));
        OWNER.delete(application, "If-Match: \"0\"").then().statusCode(409).body("detail", containsString("offered"));
        OWNER.delete(application + "/handover", "").then().statusCode(204);
        OWNER.delete(application, "If-Match: \"0\"").then().statusCode(204);
        OWNER.get(application).then().statusCode(404);
    }

    @Test
    void listsByNameInPages() {
        for (int i = 0; i < 5; i++) {
            Api.newApplication("Paged %_! " + i);
        }
        var first = OWNER.request()
                .queryParam("name", "paged %_!")
                .queryParam("limit", 3)
                .get(LIST);
        first.then()
                .body("items", hasSize(3))
                .body("items[0].name", equalTo("Paged %_! 0"))
                .body("next_cursor", notNullValue());
        OWNER.request()
                .queryParam("name", "paged %_!")
                .queryParam("limit", 3)
                .queryParam("cursor", first.<String>path("next_cursor"))
                .get(LIST)
                .then()
                .body("items.name", contains("Paged %_! 3", "Paged %_! 4"))
                .body("next_cursor", nullValue());
        OWNER.request()
                .queryParam("name", "paged %_!")
                .queryParam("category", "national")
                .get(LIST)
                .then()
                .body("items", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=101", "limit=x", "cursor=x", "cursor=%00", "sort=(select 1)", "category=other"
            })
    void refusesOddQueries(String query) {
        OWNER.get(LIST + "?" + query).then().statusCode(400).contentType("application/problem+json");
    }

    /** On every edge: the database cannot be asked for U+0000. */
    @ParameterizedTest
    @ValueSource(strings = {LIST + "?name=%00", "/api/v1/audit-events?object=a%00b", "/review/requests?q=%00", "/?%00"})
    void refusesUPlus0000InQueries(String address) {
        var answer = Persons.get(Persons.newBrowser(), address);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("This address has characters that are not used here");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type ->
                        assertThat(type.startsWith("application/problem+json")).isEqualTo(address.startsWith("/api/")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|400",
                "[]|400",
                "{\"a\":1,\"a\":2}|400",
                "{} x|400",
                "{\"name\":\"\\ud800\"}|422",
                "{\"name\":5}|422",
                "{\"surprise\":1}|422",
                "{\"id\":\"other\"}|422"
            })
    void readsBodiesStrictly(String body, int status) {
        OWNER.post(LIST, body).then().statusCode(status).contentType("application/problem+json");
    }

    @Test
    void refusesBodiesThatAreTooDeepTooLargeOrNoJson() {
        OWNER.post(LIST, "{\"a\":".repeat(51) + "1" + "}".repeat(51)).then().statusCode(400);
        OWNER.post(LIST, "{\"name\":\"" + "x".repeat(300_000) + "\"}")
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
        OWNER.request().contentType("text/plain").body("{}").post(LIST).then().statusCode(415);
        OWNER.request()
                .body(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
                .post(LIST)
                .then()
                .statusCode(400);
    }

    @Test
    void hostileNamesAreKeptAndShownAsTheyAre() {
        for (var name : List.of(
                "<script>alert(1)</script>",
                "{inject:csrf.token}",
                "{#if true}x{/if}",
                "Robert\"); DROP TABLE team;--")) {
            OWNER.get(Api.newApplication(name)).then().body("name", equalTo(name));
        }
    }

    @Test
    void answersAnotherTeamAsIfNothingWereThere() {
        var application = Api.newApplication("Private");
        var stranger = Api.as("other-owner");
        var unknown = "/api/v1/applications/00000000-0000-4000-8000-000000000000";
        for (var path :
                List.of("", "/registrations", "/registrations/integration", "/registrations/integration/secrets")) {
            var theirs = stranger.get(application + path);
            var nothing = stranger.get(unknown + path);
            assertThat(theirs.statusCode()).isEqualTo(404).isEqualTo(nothing.statusCode());
            assertThat(theirs.asString().replaceAll("urn:uuid:[^\"]+", ""))
                    .isEqualTo(nothing.asString().replaceAll("urn:uuid:[^\"]+", ""));
        }
        stranger.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(404);
        stranger.patch(application, Map.of("name", "x"), "If-Match: \"0\"")
                .then()
                .statusCode(404);
        stranger.get(LIST).then().statusCode(404);
        stranger.get("/api/v1/teams").then().body("items.team_id", contains(Api.OTHER_TEAM));
    }

    @Test
    void viewersAndOperatorsReadOnly() {
        var application = Api.newApplication("Read only");
        for (var reader : List.of(Api.as("viewer"), Api.as("operator"))) {
            reader.get(application).then().statusCode(200);
            reader.patch(application, Map.of("name", "x"), "If-Match: \"0\"")
                    .then()
                    .statusCode(403);
            reader.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                    .then()
                    .statusCode(403);
            reader.post(LIST, Map.of("name", "x")).then().statusCode(403);
        }
    }

    @Test
    void shortListsArePagedToo() {
        var first = OWNER.get("/api/v1/environments?limit=3");
        first.then().statusCode(200).body("items", hasSize(3)).body("next_cursor", notNullValue());
        OWNER.get("/api/v1/environments?limit=3&cursor=" + first.path("next_cursor"))
                .then()
                .statusCode(200)
                .body("items.id", contains("production"))
                .body("next_cursor", nullValue());
        for (var query : List.of("limit=0", "cursor=x", "cursor=LTE", "kind=production")) {
            OWNER.get("/api/v1/environments?" + query).then().statusCode(400);
        }
    }

    @Test
    void environmentsTellWhatTheirProviderSupports() {
        OWNER.get("/api/v1/environments")
                .then()
                .body("items.id", contains("mock", "integration", "deployment", "production"))
                .body("items.kind", contains("self-service", "path-to-live", "path-to-live", "production"))
                .body("items.metadata_source", everyItem(equalTo("configured")))
                .body("items[1].issuer", startsWith("https://am.nhsint"));
        OWNER.get("/api/v1/environments/nowhere").then().statusCode(404);
    }

    @Test
    void validationJudgesAndStoresNothing() {
        var path = "/api/v1/environments/integration/validations";
        OWNER.post(path, Api.metadata())
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("errors", hasSize(0));
        OWNER.post(path, Map.of("redirect_uris", List.of("https://*.nhs.uk/")))
                .then()
                .body("valid", equalTo(false))
                .body("errors.code", contains("redirect-uri-wildcard", "auth-method-required"));
        OWNER.post("/api/v1/environments/mock/validations", Api.metadata())
                .then()
                .body("valid", equalTo(true));
    }

    @Test
    void tellsInvisibleCharactersByTheirCodePoint() {
        OWNER.post(
                        "/api/v1/environments/integration/validations",
                        "{\"token_endpoint_auth_method\":\"\\ud800\\u202e\\u0000\",\"redirect_uris\":[\"https://\\ud800/\"]}")
                .then()
                .statusCode(200)
                .body("errors.code", contains("redirect-uri-malformed", "auth-method-unsupported"))
                .body("errors[1].detail", startsWith("‘[U+D800][U+202E][U+0000]’ is not supported"));
    }

    @Test
    void describesItself() {
        OWNER.get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/api/v1/applications/{application_id}/registrations/{environment}'.put.summary",
                        notNullValue())
                .body(
                        "paths.'/api/v1/teams'.post.parameters.'$ref'",
                        hasItem("#/components/parameters/Idempotency-Key"));
    }
}

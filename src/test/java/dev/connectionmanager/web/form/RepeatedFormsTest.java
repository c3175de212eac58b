package dev.connectionmanager.web.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.connectionmanager.http.AccessMatrix;
import dev.connectionmanager.idempotency.Claim;
import dev.connectionmanager.idempotency.IdempotencyKeys;
import dev.connectionmanager.idempotency.KeyedRequest;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Forms of the pages that are sent more than once with one key. */
@PortalTest
class RepeatedFormsTest {
    private static final Api OWNER = Api.as("owner");
    private static final String TEAM = "/teams/" + Api.FIRST_TEAM;
    private static final String NEW_APPLICATION = TEAM + "/applications/new";
    private static final Pattern FORM = Pattern.compile("<form[^\\n]*? method=\"post\"[^>]*>(\\S*)");

    /** Whose pages know nothing of the portal's keys, and keep nothing of who has no session. */
    private static final Pattern MOCK = Pattern.compile("/mock[/{].*");

    private static final Pattern OF_MOCK = Pattern.compile(" action=\"\\{(issuer\\.path|base)}/");

    /** Logging out again does nothing, and needs no session; the local OpenID Provider knows nothing of the portal. */
    private static final Set<String> WITHOUT_KEY = Set.of(
            "/logout", "/logout/everywhere", "/logout/back-channel", "/local/openid/login", "/local/openid/token");

    @Inject
    IdempotencyKeys keys;

    @Inject
    AgroalDataSource database;

    private final HttpClient owner = Persons.browser("owner");
    private final String key = UUID.randomUUID().toString();

    @Test
    void everyFormCarriesAKey() throws IOException {
        var without = new ArrayList<String>();
        var with = 0;
        try (var templates = Files.walk(Path.of("src/main/resources/templates"))) {
            for (var template : templates.filter(Files::isRegularFile).toList()) {
                var forms = FORM.matcher(Files.readString(template));
                while (forms.find()) {
                    if (forms.group(1).startsWith("{#idempotencyKey")) {
                        with++;
                    } else {
                        without.add(forms.group());
                    }
                }
            }
        }
        assertThat(with).isGreaterThan(45);
        assertThat(without)
                .allMatch(form -> OF_MOCK.matcher(form).find()
                        || WITHOUT_KEY.stream().anyMatch(path -> form.contains("action=\"" + path + "\"")));
    }

    /** From the live list of routes: none of them is asked when its form was done before, whatever it would have said. */
    @Test
    void everyRouteThatTakesAFormAnswersARepeatByWhatTheFirstGave() {
        var answers = new LinkedHashMap<String, String>();
        var routes = AccessMatrix.routes().stream()
                .filter(route -> route.startsWith("POST ")
                        && !route.startsWith("POST /api/")
                        && !route.startsWith("POST /connect/"))
                .map(route -> route.substring("POST ".length()))
                .filter(route ->
                        !WITHOUT_KEY.contains(route) && !MOCK.matcher(route).matches())
                .toList();
        assertThat(routes).hasSizeGreaterThan(45);
        for (var route : routes) {
            var path = route.replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
            var first = Claim.of(
                    Claim.digest(List.of("form", "PERSON", subject("owner"), key)),
                    Claim.digest(List.of("POST", path, "null", "any", "thing", "idempotency_key", key)));
            assertThat(keys.claim(first).isEmpty() || keys.replace(first)).isTrue();
            keys.keep(first, new KeyedRequest.Answer(303, "/environments?first", null, null));
            var repeated = Persons.post(owner, path, "any", "thing", "idempotency_key", key);
            answers.put(route, repeated.uri().toString());
        }
        assertThat(answers)
                .allSatisfy(
                        (route, end) -> assertThat(end).as(route).isEqualTo(Persons.address() + "/environments?first"));
    }

    @Test
    void aFormThatFailedInTheDatabaseIsDoneWhenItIsSentAgain() throws Exception {
        try (var connection = database.getConnection();
                var sql = connection.createStatement()) {
            sql.execute("create function refuse_form() returns trigger as 'begin raise exception ''away''; end'"
                    + " language plpgsql");
            sql.execute("create trigger refuse_form before insert on application for each row"
                    + " when (new.name like '%" + key + "%') execute function refuse_form()");
            try {
                assertThat(application(key, key).statusCode()).isEqualTo(500);
            } finally {
                sql.execute("drop function refuse_form cascade");
            }
        }
        assertThat(application(key, key).statusCode()).isEqualTo(200);
        assertThat(applications(key)).isEqualTo(1);
    }

    @Test
    void ofFiftyAtOnceOneMakesAnApplication() throws Exception {
        var answers = AtOnce.all(() -> application("Fifty", key), 50);
        assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 409);
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 200)
                        .map(answer -> answer.uri().getPath())
                        .distinct())
                .hasSize(1);
        assertThat(applications("Fifty")).isEqualTo(1);
        assertThat(application("Fifty", key).statusCode()).isEqualTo(200);
        assertThat(applications("Fifty")).isEqualTo(1);
    }

    @Test
    void aDraftIsRegisteredOnceAndItsSecretShownOnce() throws Exception {
        var draft = Api.newApplication("Twice").replace("/api/v1", "") + "/registrations/integration/draft";
        Persons.post(owner, draft);
        Persons.post(owner, draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/cb");
        Persons.post(owner, draft + "/authentication", "token_endpoint_auth_method", "client_secret_post");
        var form = hidden(Persons.get(owner, draft + "/check"));
        var answers = AtOnce.all(
                () -> Persons.post(
                        owner,
                        draft + "/registration",
                        "idempotency_key",
                        key,
                        "draft",
                        form.get("draft"),
                        "tag",
                        form.get("tag")),
                2);
        var clientId = OWNER.get("/api/v1" + draft.replace("/draft", "")).<String>path("client_id");
        assertShownOnce(answers, "client-secret", "Go to the registration");
        assertThat(answers).allSatisfy(answer -> assertThat(answer.body()).contains(clientId));
    }

    @Test
    void aSecretIsIssuedOnceAndShownOnce() throws Exception {
        var registration = Api.newApplication("Rotated") + "/registrations/integration";
        OWNER.put(registration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        var secrets = registration.replace("/api/v1", "") + "/secrets";
        var answers = AtOnce.all(
                () -> Persons.post(owner, secrets + "/rotation", "overlap_seconds", "604800", "idempotency_key", key),
                2);
        assertShownOnce(answers, "client-secret", "Go to the client secrets");
        assertThat(OWNER.get(registration + "/secrets").<List<?>>path("items")).hasSize(2);
    }

    @Test
    void anApiCredentialIsMadeOnceAndShownOnce() throws Exception {
        var answers = AtOnce.all(
                () -> Persons.post(
                        owner,
                        TEAM + "/credentials/new",
                        "name",
                        key,
                        "scope",
                        "read",
                        "expires_at",
                        "30",
                        "idempotency_key",
                        key),
                2);
        assertShownOnce(answers, "api-credential", "Go to the API credentials");
        var page = Persons.get(owner, TEAM + "/credentials").body();
        assertThat(page.split("Revoke<span class=\"nhsuk-u-visually-hidden\"> " + key, -1))
                .hasSize(2);
    }

    @Test
    void aMemberIsInvitedOnce() throws Exception {
        var email = key + "@supplier.example";
        var answers = AtOnce.all(
                () -> Persons.post(
                        owner, TEAM + "/members/new", "email", email, "role", "viewer", "idempotency_key", key),
                2);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.body()).contains("Invitation sent"))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);
        assertThat(count("select count(*) from mail where recipient = '" + email + "'"))
                .isEqualTo(1);
    }

    @Test
    void aRequestIsDecidedOnce() throws Exception {
        var request = request();
        OWNER.put(
                        "/api/v1" + request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get("/api/v1" + request).header("ETag"))
                .then()
                .statusCode(200);
        OWNER.post("/api/v1" + request + "/submission", Map.of()).then().statusCode(200);
        var operator = Persons.browser("operator");
        var form = hidden(Persons.get(operator, "/review" + request));
        var answers = AtOnce.all(
                () -> Persons.post(
                        operator,
                        "/review" + request + "/decision",
                        "idempotency_key",
                        key,
                        "tag",
                        form.get("tag"),
                        "read",
                        form.get("read"),
                        "outcome",
                        "reject",
                        "comment",
                        "Not yet.",
                        "operators_note",
                        "Half a note"),
                2);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Rejected", "\nHalf a note</textarea>");
        });
        assertThat(OWNER.get("/api/v1" + request + "/comments").<List<String>>path("items.kind"))
                .containsOnlyOnce("rejected");
    }

    /** Somebody goes back, changes what they had typed, and sends it again: that is meant, each time. */
    @Test
    void anotherContentIsAnotherAct() {
        var request = request();
        for (var text : List.of("First thought", "Second thought", "First thought", "First thought")) {
            var answer = Persons.post(owner, request + "/comments", "comment", text, "idempotency_key", key);
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        var page = Persons.get(owner, request).body();
        assertThat(page.split("First thought", -1)).hasSize(3);
        assertThat(page.split("Second thought", -1)).hasSize(2);
    }

    @Test
    void aRefusalFreesTheKey() {
        for (int i = 0; i < 2; i++) {
            assertThat(Persons.refused(application("", key))).isTrue();
        }
        assertThat(count("select count(*) from idempotency_key where id = '" + id("owner") + "'"))
                .isZero();
        assertThat(application("Put right", key).statusCode()).isEqualTo(200);
        assertThat(count("select count(*) from idempotency_key where id = '" + id("owner") + "'"))
                .isEqualTo(1);
    }

    /** Answered by a page at once, not by the address of one as above. */
    @Test
    void aMissingRightFreesTheKey() {
        var viewer = Persons.browser("viewer");
        for (int i = 0; i < 2; i++) {
            assertThat(application(viewer, "Not mine to add", key).statusCode()).isEqualTo(403);
        }
        assertThat(count("select count(*) from idempotency_key where id = '" + id("viewer") + "'"))
                .isZero();
    }

    @Test
    void keysAreAPersonsOwn() {
        assertThat(application("Shared key", key).uri().getPath())
                .isNotEqualTo(application(Persons.browser("admin"), "Shared key", key)
                        .uri()
                        .getPath());
        assertThat(applications("Shared key")).isEqualTo(2);
    }

    @Test
    void withoutAKeyEachPostIsJudged() {
        application("No key", "");
        application("No key", "");
        assertThat(applications("No key")).isEqualTo(2);
    }

    @Test
    void aRepeatWaitsForTheFirst() {
        var first = application("Waits", key).uri().getPath();
        execute("update idempotency_key set status = null where id = '" + id("owner") + "'");
        var repeat = CompletableFuture.supplyAsync(() -> application("Waits", key));
        var done = CompletableFuture.runAsync(
                () -> {
                    assertThat(repeat).isNotDone();
                    execute("update idempotency_key set status = 303 where id = '" + id("owner") + "'");
                },
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
        done.join();
        assertThat(repeat.join().uri().getPath()).isEqualTo(first);
        assertThat(applications("Waits")).isEqualTo(1);
    }

    @Test
    void ofAFailureItIsNotKnownWhatItDid() {
        application("Failed", key);
        execute("update idempotency_key set status = 500 where id = '" + id("owner") + "'");
        var answer = application("Failed", key);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("It is not known whether this was done");
        assertThat(applications("Failed")).isEqualTo(1);
    }

    private static void assertShownOnce(List<HttpResponse<String>> answers, String id, String goOn) {
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 409);
        assertThat(answers.stream().filter(answer -> answer.body().contains("id=\"" + id + "\"")))
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 409)
                        .findFirst()
                        .orElseThrow()
                        .body())
                .contains("Already shown", goOn)
                .doesNotContain("id=\"" + id + "\"");
    }

    private HttpResponse<String> application(String name, String oneKey) {
        return application(owner, name, oneKey);
    }

    private HttpResponse<String> application(HttpClient person, String name, String oneKey) {
        return Persons.post(
                person,
                NEW_APPLICATION,
                "name",
                named(name),
                "category",
                "supplier",
                "application_type",
                "web",
                "idempotency_key",
                oneKey);
    }

    private int applications(String name) {
        return OWNER.get("/api/v1" + TEAM + "/applications?name=" + named(name))
                .<List<?>>path("items")
                .size();
    }

    private String named(String name) {
        return name.isEmpty() ? "" : name.replace(' ', '-') + "-" + key;
    }

    private String request() {
        return OWNER.put(
                        Api.newApplication("Request " + key) + "/registrations/production",
                        Api.metadata(),
                        "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location")
                .replace("/api/v1", "");
    }

    private static Map<String, String> hidden(HttpResponse<String> page) {
        var values = new LinkedHashMap<String, String>();
        Pattern.compile("name=\"(draft|tag|read)\" value=\"([^\"]*)\"")
                .matcher(page.body())
                .results()
                .forEach(box -> values.put(box.group(1), box.group(2).replace("&quot;", "\"")));
        return values;
    }

    private String id(String person) {
        return Claim.digest(List.of("form", "PERSON", subject(person), key));
    }

    private static String subject(String person) {
        try {
            return SignedJWT.parse(Persons.accessToken(person))
                    .getJWTClaimsSet()
                    .getSubject();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String sql) {
        try (var connection = database.getConnection();
                var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

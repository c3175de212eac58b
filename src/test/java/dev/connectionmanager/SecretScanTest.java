package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.TextSearch;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Looks for every secret and credential that was issued or pasted, in this test and in those before it, wherever somebody could
 * read it afterwards: a dump of the database, the log, the exported trail, every page and API answer, every mail.
 */
@PortalTest
@Order(Integer.MAX_VALUE - 1)
class SecretScanTest {
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");
    private static final int MOST_PAGES = 300;

    @Inject
    DataSource dataSource;

    @Inject
    Outbox outbox;

    @ConfigProperty(name = "quarkus.log.file.path")
    Path log;

    @Test
    void noSecretIsFoundAnywhereAfterItsFirstShowing() throws Exception {
        issueEveryKind();
        pasteEveryKind();
        var planted = List.of("planted-" + UUID.randomUUID(), "planted-" + UUID.randomUUID());
        plant(planted.get(0));
        var places = places();
        var secrets = IssuedSecrets.all();
        assertThat(secrets).hasSizeGreaterThan(8);
        var search = new TextSearch(Stream.concat(planted.stream(), secrets.stream())
                .flatMap(SecretScanTest::forms)
                .toList());
        places.forEach((place, content) -> {
            var found = search.found(content);
            assertThat(forms(planted.get(0)).anyMatch(found::contains))
                    .as("the scan sees what is in " + place)
                    .isTrue();
            assertThat(forms(planted.get(1)).anyMatch(found::contains))
                    .as("and nothing that is nowhere")
                    .isFalse();
            for (var secret : secrets) {
                assertThat(forms(secret).anyMatch(found::contains))
                        .as(() -> "a secret that begins with " + secret.substring(0, 7) + " is in " + place
                                + ", after: " + before(secret, content))
                        .isFalse();
            }
        });
    }

    /** What stands there before it, which tells where to look. */
    private static String before(String secret, String content) {
        return forms(secret)
                .map(content::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .map(at -> content.substring(Math.max(0, at - 200), at))
                .orElse("");
    }

    /** By API and by page. Those who want to see more kinds looked for add to it. */
    private static void issueEveryKind() {
        var owner = Api.as("owner");
        var application = Api.newApplication("Scanned");
        var integration = application + "/registrations/integration";
        owner.put(integration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        owner.request()
                .header("Idempotency-Key", "scanned")
                .body(Map.of())
                .post(integration + "/secrets")
                .then()
                .statusCode(201);
        owner.post(integration + "/secrets", Map.of("overlap_seconds", 0))
                .then()
                .statusCode(201);
        ToolProgram.with(Credentials.issue("Scanned", "write", null).path("token"))
                .create(Map.of(
                        "client_name", "Scanned", "redirect_uris", List.of("https://app.supplier.co.uk/callback")));
        Credentials.token("credential-revoked");
        Api.with(Credentials.issueOfOperator("Scanned").path("token"))
                .get("/api/v1/audit-events?limit=1")
                .then()
                .statusCode(200);
        owner.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/members",
                        Map.of("email", UUID.randomUUID() + "@supplier.example", "role", "viewer"))
                .then()
                .statusCode(201);
        var request = owner.put(application + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        owner.put(
                        request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + owner.get(request).header("ETag"))
                .then()
                .statusCode(200);
        owner.post(request + "/submission", Map.of()).then().statusCode(200);
        Api.as("operator")
                .request()
                .header("If-Match", owner.get(request).header("ETag"))
                .body(Map.of("outcome", "approve"))
                .post(request + "/decision")
                .then()
                .statusCode(200);
        owner.post(application + "/registrations/production/secret-collection", Map.of())
                .then()
                .statusCode(201);
    }

    /** Into texts, addresses and bodies that cannot be read, by API and by page: all of it refused, and then gone. */
    private static void pasteEveryKind() throws GeneralSecurityException {
        var owner = Api.as("owner");
        var browser = Persons.browser("owner");
        var applications = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";
        var page = Api.newApplication("Pasted into").replace("/api/v1", "") + "/details";
        for (var pasted : List.of(pem(), IssuedSecrets.pasted(randomKey()), jwk())) {
            var named = Map.of("name", pasted, "category", "supplier", "application_type", "web");
            for (var body : List.<Object>of(named, pasted, "{\"name\":" + pasted)) {
                assertThat(owner.post(applications, body).statusCode()).isEqualTo(422);
            }
            var member = owner.post(
                    "/api/v1/teams/" + Api.FIRST_TEAM + "/members", Map.of("email", pasted, "role", "viewer"));
            assertThat(member.statusCode()).isEqualTo(422);
            assertThat(Persons.refused(Persons.post(browser, page, "description", pasted)))
                    .isTrue();
            var address = URLEncoder.encode(pasted, StandardCharsets.UTF_8);
            assertThat(Persons.get(browser, "/review/clients?q=" + address).statusCode())
                    .isEqualTo(400);
            assertThat(owner.request()
                            .urlEncodingEnabled(false)
                            .get(applications + "?q=" + address)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private static String pem() throws GeneralSecurityException {
        return "-----BEGIN PRIVATE KEY-----\n" + IssuedSecrets.pasted(randomKey()) + "\n-----END PRIVATE KEY-----";
    }

    private static String jwk() {
        var scalar = Base64.getUrlEncoder().withoutPadding().encodeToString(SecureRandom.getSeed(32));
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"" + IssuedSecrets.pasted(scalar) + "\"}";
    }

    /** PKCS#8, in base64 and in one line. */
    private static String randomKey() throws GeneralSecurityException {
        var key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private void plant(String secret) {
        Api.newApplication(secret);
        Logger.getLogger(SecretScanTest.class).info("Planted: " + secret);
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.postToOperators(new Letter(
                        "team-request-received",
                        null,
                        Map.of("team", secret, "team_id", Api.FIRST_TEAM, "request_id", "x", "by", "Nobody"),
                        "team-request-review")));
    }

    private Map<String, String> places() throws SQLException, IOException {
        var places = new LinkedHashMap<String, String>();
        places.put("a dump of the database", dump());
        places.put("the log", Files.readString(log));
        var operator = Persons.browser("operator");
        places.put(
                "the exported trail",
                Persons.get(operator, "/review/audit/export.jsonl").body());
        places.put(
                "the exported trail as CSV",
                Persons.get(operator, "/review/audit/export.csv").body());
        places.put("the pages of an operator’s account", pages("operator", "/account"));
        places.put("the mailbox", pages("operator", "/local/mail"));
        places.put("the pages of an owner", pages("owner", "/teams/" + Api.FIRST_TEAM));
        places.put("the pages of an operator", pages("operator", "/review/audit"));
        places.put("the API", answers());
        return places;
    }

    private String dump() throws SQLException, IOException {
        var dump = new StringWriter();
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement();
                var tables = sql.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            while (tables.next()) {
                copy.copyOut("copy " + tables.getString(1) + " to stdout", dump);
            }
        }
        return dump.toString();
    }

    /** Every page that links lead to, nearest first. */
    private static String pages(String user, String start) {
        var browser = Persons.browser(user);
        var seen = new HashSet<String>(List.of(start));
        var waiting = new ArrayDeque<>(seen);
        var all = new StringBuilder();
        while (!waiting.isEmpty() && seen.size() < MOST_PAGES) {
            var page = Persons.get(browser, waiting.poll()).body();
            all.append(page);
            LINK.matcher(page)
                    .results()
                    .map(link -> link.group(1).replace("&amp;", "&"))
                    .filter(path -> !path.matches("/(login|logout|assets|docs|review/audit/export|local/openid).*"))
                    .filter(seen::add)
                    .forEach(waiting::add);
        }
        return all.toString();
    }

    private static String answers() {
        var all = new StringBuilder();
        var team = "/api/v1/teams/" + Api.FIRST_TEAM;
        Stream.of(
                        team,
                        team + "/members",
                        team + "/api-credentials",
                        "/api/v1/requests",
                        "/api/v1/me/sessions",
                        "/api/v1/audit-events?limit=100")
                .forEach(path -> all.append(read(path).asString()));
        String cursor = null;
        do {
            var page = read(team + "/applications?limit=100" + (cursor == null ? "" : "&cursor=" + cursor));
            all.append(page.asString());
            members(page, "id").forEach(id -> appendRegistrations(id, all));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        return all.toString();
    }

    private static void appendRegistrations(String application, StringBuilder all) {
        var registrations = read("/api/v1/applications/" + application + "/registrations");
        all.append(registrations.asString());
        for (var environment : members(registrations, "environment")) {
            var path = "/api/v1/applications/" + application + "/registrations/" + environment;
            all.append(read(path + "/secrets").asString())
                    .append(read(path + "/revisions").asString());
        }
    }

    /** Of each item of a list. */
    private static List<String> members(Response list, String name) {
        return list.as(JsonNode.class).path("items").findValuesAsText(name);
    }

    /** As it is, and as a column of bytes would show it. */
    private static Stream<String> forms(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }

    /** As a program reads that holds nothing against the description: here only secrets matter. */
    private static io.restassured.response.Response read(String path) {
        return io.restassured.RestAssured.given()
                .auth()
                .oauth2(Persons.accessToken("owner"))
                .get(path);
    }
}

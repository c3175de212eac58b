package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A secret in any text of any request goes no further than the gate. */
@PortalTest
class SecretGateTest {
    private static final String MARK = "GateTestMark";
    private static final String SECRET = MARK + " -----BEGIN PRIVATE KEY-----\n"
            + IssuedSecrets.pasted("MC4CAQAwBQYDK2VwBCIEIPSw") + "\n-----END PRIVATE KEY-----";
    private static final String SCALAR = IssuedSecrets.pasted("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
    private static final String CREDENTIAL = IssuedSecrets.pasted("cm_api_abcdefghijklmnopqrstuvwxyz01232LolCm");
    /** Take no texts of people: what these get is an OpenID Provider's, or local mode's. */
    private static final Set<String> FOR_MACHINES = Set.of("/local/openid/token", "/logout/back-channel");

    /** Clients send their secrets there, and what else it is told is made up; a key set sent there is judged as any. */
    private static final String MOCK = "/mock";

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    @Inject
    Sql database;

    private static final String CONNECT = "/connect/";

    /** Whatever a route takes: its members are not asked for, so that none that is added later can slip past. */
    @Test
    void everyRouteThatTakesATextRefusesASecretInIt() {
        var owner = Persons.withoutRedirects("owner");
        var pages = 0;
        var api = 0;
        for (var route : AccessMatrix.routes()) {
            var method = route.split(" ")[0];
            var path = PARAMETER
                    .matcher(route.split(" ")[1])
                    .replaceAll(UUID.randomUUID().toString());
            if (method.equals("GET") || FOR_MACHINES.contains(path) || path.startsWith(MOCK)) {
                continue;
            }
            if (path.startsWith("/api/") || path.startsWith(CONNECT)) {
                api += refusedByApi(method, path) ? 1 : 0;
            } else if (method.equals("POST")) {
                var answer = Persons.post(owner, path, "some_field", SECRET);
                assertThat(answer.statusCode()).as(route).isIn(303, 422);
                assertThat(answer.headers().firstValue("Location").orElse("refused="))
                        .as(route)
                        .contains("refused=");
                pages++;
            }
        }
        assertThat(pages).isGreaterThan(40);
        assertThat(api).isGreaterThan(30);
        assertThat(kept(MARK)).isEmpty();
    }

    private static boolean refusedByApi(String method, String path) {
        if (method.equals("DELETE")) {
            return false;
        }
        var body = Map.of("some_member", List.of("good", SECRET), MARK + "~/", "good");
        var answer = request(path).body(body).request(method, path);
        assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(path.startsWith(CONNECT) ? 400 : 422);
        assertThat(answer.<String>path("errors[0].code")).isEqualTo("secret-pasted");
        assertThat(answer.<String>path("errors[0].pointer")).isEqualTo("/some_member/1");
        assertThat(answer.<String>path("errors[0].detail")).contains("a private key", "treat it as leaked");
        assertThat(answer.asString()).doesNotContain(MARK);
        return true;
    }

    private static RequestSpecification request(String path) {
        if (path.startsWith("/api/v1/")) {
            return Api.as("owner").request();
        }
        var secret = Credentials.token("credential-write");
        return path.equals("/api/auth")
                ? Api.bare().header("Authorization", "SecretAuth " + secret).contentType("application/json")
                : Api.with(ToolProgram.with(secret).session()).request();
    }

    @Test
    void findsAKeyThatIsADocumentOrNoDocument() {
        var path = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";
        for (var body : List.of(
                "{\"kty\":\"EC\",\"d\":\"" + SCALAR + "\"}",
                "{\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"d\":\"" + SCALAR + "\"}]}}",
                "{\"" + CREDENTIAL + "\":1}",
                SECRET)) {
            var answer = Api.as("owner").request().body(body).post(path);
            assertThat(answer.statusCode()).as(body).isEqualTo(422);
            assertThat(answer.<String>path("errors[0].code")).isEqualTo("secret-pasted");
            assertThat(answer.asString()).doesNotContain("jpsQ", "cm_api_a", "MC4C");
        }
    }

    @Test
    void refusesOneInAnAddressAndRepeatsNothing() {
        var query = "q=" + CREDENTIAL;
        var answer = Api.as("owner").get("/api/v1/teams?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("code")).isEqualTo("secret-in-address");
        assertThat(answer.asString()).doesNotContain("cm_api_a");
        var path = Api.as("owner").get("/api/v1/applications/" + query.substring(2));
        assertThat(path.statusCode()).isEqualTo(400);
        assertThat(path.asString()).doesNotContain("cm_api_a");
        var page = Persons.get(Persons.browser("operator"), "/review/clients?" + query);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("treat it as leaked").doesNotContain("cm_api_a");
    }

    @Test
    void aClientSecretIsKnownWhileItWorks() {
        var application = Api.newApplication("Gate " + UUID.randomUUID());
        var registration = application + "/registrations/integration";
        String secret = Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .path("client_secret");
        assertThat(database.number("select octet_length(fingerprint) from client_secret where last_four = '"
                        + secret.substring(32) + "'"))
                .isEqualTo(36);
        for (var text : List.of(
                secret,
                "It is " + secret.toUpperCase() + ".",
                secret.replace("-", ""),
                "{" + secret + "}",
                "\n" + secret)) {
            refusesClientSecret(application, text);
        }
        for (var body : List.of(secret, "{\"description\":\"" + secret + "\",\"description\":\"other\"}")) {
            var answer = Api.as("owner").request().body(body).post("/api/v1/teams/" + Api.FIRST_TEAM + "/applications");
            assertThat(answer.statusCode()).as(body).isEqualTo(422);
            assertThat(answer.asString()).doesNotContain(secret.substring(0, 8));
        }
        var page = Persons.post(
                Persons.browser("owner"), application.replace("/api/v1", "") + "/details", "description", secret);
        assertThat(Persons.refused(page)).isTrue();
        assertThat(page.body()).contains("a client secret that works").doesNotContain(secret);
        assertThat(kept(secret)).isEmpty();
        // Any other GUID is none, and one that was revoked works no more.
        takes(application, UUID.randomUUID().toString());
        Api.as("owner").post(registration + "/secrets", Map.of("overlap_seconds", 0));
        IssuedSecrets.publish(secret);
        takes(application, "before " + secret);
    }

    private static void refusesClientSecret(String application, String text) {
        var answer = Api.as("owner").patch(application, Map.of("description", text), tag(application));
        assertThat(answer.statusCode()).as(text).isEqualTo(422);
        assertThat(answer.<String>path("errors[0].code")).isEqualTo("secret-pasted");
        assertThat(answer.<String>path("errors[0].pointer")).isEqualTo("/description");
        assertThat(answer.<String>path("errors[0].detail")).contains("a client secret that works");
    }

    private static void takes(String application, String text) {
        assertThat(Api.as("owner")
                        .patch(application, Map.of("description", text), tag(application))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String tag(String application) {
        return "If-Match: " + Api.as("owner").get(application).header("ETag");
    }

    /** The tables that hold this text somewhere. */
    private List<String> kept(String text) {
        var tables = database.text("select string_agg(table_name, ' ') from information_schema.tables"
                + " where table_schema = 'public' and table_type = 'BASE TABLE'");
        return List.of(tables.split(" ")).stream()
                .filter(table -> database.number(
                                "select count(*) from " + table + " t where to_jsonb(t)::text like '%" + text + "%'")
                        > 0)
                .toList();
    }
}

package dev.connectionmanager.api.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.oauth2.sdk.client.ClientDeleteRequest;
import com.nimbusds.oauth2.sdk.client.ClientReadRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformation;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformationResponse;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationRequest;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationResponseParser;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientUpdateRequest;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.InitialAccessTokenExamples;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering, reading, replacing and deleting clients by RFC 7591 and RFC 7592. */
@PortalTest
class ClientRegistrationTest {
    private static final String REGISTER = "/connect/integration/register";
    private static final String CALLBACK = "https://self.supplier.co.uk/callback";

    @Inject
    Sql sql;

    @Test
    void aClientLibraryRegistersReadsReplacesAndDeletes() throws Exception {
        var discovery = Api.bare().get("/connect/integration/.well-known/openid-configuration");
        assertThat(new Issuer(discovery.<String>path("issuer")).getValue())
                .isEqualTo(Persons.address() + "/connect/integration");
        var metadata = new OIDCClientMetadata();
        metadata.setRedirectionURI(URI.create(CALLBACK));
        metadata.setName("Registered by a library");
        var endpoint = URI.create(discovery.path("registration_endpoint"));
        var token = InitialAccessTokenExamples.issue("integration", 1).<String>path("token");
        var made = information(
                new OIDCClientRegistrationRequest(endpoint, metadata, new BearerAccessToken(token)).toHTTPRequest());
        assertThat(made.getID().getValue()).endsWith(".apps.national");
        assertThat(made.getSecret()).isNotNull();
        assertThat(made.getSecret().expired()).isFalse();
        assertThat(made.getOIDCMetadata().getName()).isEqualTo("Registered by a library");
        var read = information(
                new ClientReadRequest(made.getRegistrationURI(), made.getRegistrationAccessToken()).toHTTPRequest());
        assertThat(read.getSecret()).isNull();
        assertThat(read.getRegistrationAccessToken().getValue())
                .isEqualTo(made.getRegistrationAccessToken().getValue());
        metadata.setName("Replaced by a library");
        var replaced = information(new OIDCClientUpdateRequest(
                        made.getRegistrationURI(),
                        new ClientID(made.getID()),
                        made.getRegistrationAccessToken(),
                        metadata,
                        made.getSecret())
                .toHTTPRequest());
        assertThat(replaced.getOIDCMetadata().getName()).isEqualTo("Replaced by a library");
        assertThat(replaced.getRegistrationAccessToken().getValue())
                .isNotEqualTo(made.getRegistrationAccessToken().getValue());
        var deletion = new ClientDeleteRequest(made.getRegistrationURI(), replaced.getRegistrationAccessToken());
        assertThat(deletion.toHTTPRequest().send().getStatusCode()).isEqualTo(204);
        assertThat(deletion.toHTTPRequest().send().getStatusCode()).isEqualTo(401);
    }

    private static OIDCClientInformation information(com.nimbusds.oauth2.sdk.http.HTTPRequest request)
            throws Exception {
        var answer = request.send();
        IssuedSecrets.fromJson(answer.getBody());
        var response = OIDCClientRegistrationResponseParser.parse(answer);
        assertThat(response.indicatesSuccess()).as(answer.getBody()).isTrue();
        return ((OIDCClientInformationResponse) response).getOIDCClientInformation();
    }

    @Test
    void returnsWhatIsRegisteredWithDefaultsAndNothingElse() {
        var body = new HashMap<String, Object>(client(CALLBACK));
        body.put("software_id", "ignored");
        body.put("contacts", List.of("nobody"));
        body.put("grant_types", List.of("authorization_code", "refresh_token"));
        body.put("jwks_uri", null);
        var answer = register(body);
        answer.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", equalTo(answer.path("registration_client_uri")))
                .body("client_name", equalTo("self.supplier.co.uk"))
                .body("application_type", equalTo("web"))
                .body("application_category", equalTo("national"))
                .body("token_endpoint_auth_method", equalTo("client_secret_basic"))
                .body("grant_types", contains("authorization_code"))
                .body("response_types", contains("code"))
                .body("client_secret_expires_at", equalTo(0))
                .body("client_secret", notNullValue())
                .body("registration_access_token", matchesPattern("cm_rat_[0-9A-Za-z]{36}"))
                .body("issuer", containsString("NHSIdentity"))
                .body("software_id", nullValue())
                .body("contacts", nullValue());
        var read = configure(answer).get(path(answer));
        read.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("client_secret", nullValue())
                .body("registration_access_token", equalTo(answer.path("registration_access_token")));
        var stored = sql.text("select count(*) from registration_access_token where encode(hash, 'escape') like '%"
                + answer.path("registration_access_token") + "%'");
        assertThat(stored).isEqualTo("0");
        assertThat(sql.text("select string_agg(act, ' ' order by act) from audit_entry where object_id = '"
                        + registration(answer) + "'"))
                .isEqualTo("client-secret-issued registration-issued registration-token-issued");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"redirect_uris":["http://a.supplier.co.uk/cb"]} | invalid_redirect_uri | redirect-uri-not-https /redirect_uris/0
            {"redirect_uris":["https://a.supplier.co.uk/cb"],"token_endpoint_auth_method":"none"} | invalid_client_metadata | auth-method-unsupported /token_endpoint_auth_method
            {"redirect_uris":["https://a.supplier.co.uk/cb"],"grant_types":["client_credentials"]} | invalid_client_metadata | grant-type-code-required /grant_types
            {"redirect_uris":["https://a.supplier.co.uk/cb"],"response_types":["token"]} | invalid_client_metadata | response-type-code-required /response_types
            {"redirect_uris":["https://a.supplier.co.uk/cb"],"jwks":{"keys":[]}} | invalid_client_metadata | jwks-by-value /jwks
            {"redirect_uris":["https://a.supplier.co.uk/cb"],"application_category":"regional"} | invalid_client_metadata | application-category-not-allowed /application_category
            {"redirect_uris":"https://a.supplier.co.uk/cb"} | invalid_redirect_uri | wrong-type /redirect_uris
            {"redirect_uris":["https://a.supplier.co.uk/cb"],"grant_types":"code"} | invalid_client_metadata | wrong-type /grant_types
            {} | invalid_redirect_uri | redirect-uri-required /redirect_uris
            """)
    void refusesInTheWordsOfTheStandardWithEveryFindingBeside(String body, String error, String finding) {
        var answer = register(body);
        answer.then()
                .statusCode(400)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .body("error", equalTo(error))
                .body("error_description", notNullValue());
        assertThat(answer.path("errors[0].code") + " " + answer.path("errors[0].pointer"))
                .isEqualTo(finding);
    }

    @Test
    void namesTheMethodsThatThereAre() {
        register("{\"redirect_uris\":[\"" + CALLBACK + "\"],\"token_endpoint_auth_method\":\"none\"}")
                .then()
                .body("error_description", containsString("private_key_jwt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"client_name\":1,\"client_name\":2}"})
    void refusesWhatIsNoMetadata(String body) {
        register(body).then().statusCode(400).body("error", equalTo("invalid_client_metadata"));
    }

    @Test
    void tellsWhoMayNotRegister() {
        Api.bare()
                .contentType("application/json")
                .body(client(CALLBACK))
                .post(REGISTER)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("error", equalTo("invalid_token"));
        for (var kind : List.of("credential-revoked", "credential-expired", "credential-audit-read")) {
            refused(Api.with(Credentials.token(kind)).post(REGISTER, client(CALLBACK)));
        }
        for (var token : List.of("x", "cm_iat_x", Persons.accessToken("owner"))) {
            refused(Api.with(token).post(REGISTER, client(CALLBACK)));
        }
        var elsewhere = InitialAccessTokenExamples.issue("deployment", 1).<String>path("token");
        refused(Api.with(elsewhere).post(REGISTER, client(CALLBACK)));
        Api.with(Credentials.token("credential-read"))
                .post(REGISTER, client(CALLBACK))
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", containsString("insufficient_scope"))
                .body("error", equalTo("insufficient_scope"));
        for (var environment : List.of("mock", "production", "nowhere")) {
            Api.with(Credentials.token("credential-write"))
                    .post("/connect/" + environment + "/register", client(CALLBACK))
                    .then()
                    .statusCode(404)
                    .body("error", equalTo("invalid_request"));
        }
    }

    private static void refused(Response answer) {
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .body("error", equalTo("invalid_token"));
    }

    @Test
    void anInitialAccessTokenEndsWhenItIsRevokedOrOver() {
        var revoked = InitialAccessTokenExamples.issue("integration", 2);
        Api.with(revoked.path("token")).post(REGISTER, client(CALLBACK)).then().statusCode(201);
        var one = InitialAccessTokenExamples.ALL + "/" + revoked.path("id");
        Api.as("viewer").get(one).then().body("used", equalTo(1)).body("token", nullValue());
        Api.as("admin").delete(one, "").then().statusCode(204);
        refused(Api.with(revoked.path("token")).post(REGISTER, client(CALLBACK)));
        var over = InitialAccessTokenExamples.issue("integration", 2);
        sql.execute("update initial_access_token set expires_at = now() where id = '" + over.path("id") + "'");
        refused(Api.with(over.path("token")).post(REGISTER, client(CALLBACK)));
        assertThat(sql.text("select actor_name from audit_entry where act = 'registration-issued' and actor ="
                        + " 'initial-access-token:" + revoked.path("id") + "'"))
                .contains("…" + revoked.path("last_four"));
    }

    @Test
    void whatIsRefusedUsesNothingUp() {
        var token = InitialAccessTokenExamples.issue("integration", 1).<String>path("token");
        Api.with(token)
                .post(REGISTER, client("http://x.supplier.co.uk/cb"))
                .then()
                .statusCode(400);
        Api.with(token).post(REGISTER, client(CALLBACK)).then().statusCode(201);
        refused(Api.with(token).post(REGISTER, client(CALLBACK)));
    }

    @Test
    void ofFiftyAtOnceNoMoreRegisterThanTheTokenAllows() throws Exception {
        var token = InitialAccessTokenExamples.issue("integration", 3);
        var host = "r" + UUID.randomUUID() + ".supplier.co.uk";
        var answers = AtOnce.all(
                () -> Api.with(token.path("token"))
                        .post(REGISTER, client("https://" + host + "/cb"))
                        .statusCode(),
                50);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(3);
        assertThat(answers.stream().filter(status -> status == 401)).hasSize(47);
        assertThat(sql.number("select count(*) from application where name = '" + host + "'"))
                .isEqualTo(3);
    }

    @Test
    void aReplacementDeletesWhatItLeavesOut() {
        var body = new HashMap<String, Object>(client(CALLBACK));
        body.put("client_name", "Named");
        body.put("userinfo_signed_response_alg", "RS256");
        body.put("application_category", "supplier");
        var made = register(body);
        made.then().statusCode(201).body("client_id", endsWith(".apps.supplier"));
        var replaced = replace(made, with(made, Map.of("client_secret", made.path("client_secret"))));
        replaced.then()
                .statusCode(200)
                .body("client_name", equalTo("Named"))
                .body("userinfo_signed_response_alg", nullValue())
                .body("client_secret", nullValue())
                .body("registration_access_token", not(equalTo(made.path("registration_access_token"))));
        configure(replaced).get(path(made)).then().statusCode(200);
        refused(configure(made).get(path(made)));
        var keys = with(made, Map.of("application_category", "local"));
        replace(replaced, keys).then().statusCode(400).body("errors[0].code", equalTo("read-only-member"));
    }

    @Test
    void refusesWhatAReplacementMustNotHave() {
        var made = register(client(CALLBACK));
        for (var name : List.of(
                "registration_access_token",
                "registration_client_uri",
                "client_secret_expires_at",
                "client_id_issued_at")) {
            replace(made, with(made, Map.of(name, made.path(name))))
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("invalid_request"))
                    .body("error_description", containsString(name));
        }
        for (var other : List.of(
                client(CALLBACK),
                with(made, Map.of("client_id", "100000000000.apps.national")),
                with(made, Map.of("client_secret", UUID.randomUUID().toString())),
                with(made, Map.of("client_secret", 1)))) {
            replace(made, other).then().statusCode(400).body("error", equalTo("invalid_request"));
        }
        // None of these has ended the token.
        configure(made).get(path(made)).then().statusCode(200);
    }

    @Test
    void aReplacementWhoseAnswerWasLostIsAnsweredAgain() {
        var made = register(client(CALLBACK));
        var body = with(made, Map.of("client_name", "Once more"));
        var first = replace(made, body);
        var again = replace(made, body);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        refused(replace(made, with(made, Map.of("client_name", "Something else"))));
        refused(configure(made).get(path(made)));
        refused(configure(made).delete(path(made), ""));
        assertThat(sql.text("select position('" + first.path("registration_access_token")
                        + "'::bytea in sealed_answer) from registration_access_token where registration_id = '"
                        + registration(made) + "'"))
                .isEqualTo("0");
        sql.execute("update registration_access_token set replaced_at = now() - interval '61 seconds'"
                + " where registration_id = '" + registration(made) + "'");
        refused(replace(made, body));
        var next = replace(first, body);
        next.then().statusCode(200);
        refused(replace(made, body));
    }

    @Test
    void fiftyTimesTheSameReplacementAtOnceIsOneReplacement() throws Exception {
        var made = register(client(CALLBACK));
        var body = with(made, Map.of("client_name", "Fifty"));
        var answers = AtOnce.all(() -> replace(made, body), 50);
        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(tokens(answers)).hasSize(1);
        configure(answers.get(0)).get(path(made)).then().statusCode(200);
    }

    @Test
    void ofFiftyDifferentReplacementsAtOnceOneIsMade() throws Exception {
        var made = register(client(CALLBACK));
        var answers = AtOnce.each(i -> () -> replace(made, with(made, Map.of("client_name", "Number " + i))), 50);
        var done = answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertThat(done).hasSize(1);
        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 401);
        configure(done.get(0))
                .get(path(made))
                .then()
                .body("client_name", equalTo(done.get(0).path("client_name")));
    }

    @Test
    void ofFiftyDeletionsAtOnceOneDeletesAndTheOthersFindADeadToken() throws Exception {
        var made = register(client(CALLBACK));
        var answers = AtOnce.all(() -> configure(made).delete(path(made), "").statusCode(), 50);
        assertThat(answers.stream().filter(status -> status == 204)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 401)).hasSize(49);
    }

    private static Set<String> tokens(List<Response> answers) {
        return answers.stream()
                .map(answer -> answer.<String>path("registration_access_token"))
                .collect(Collectors.toSet());
    }

    @Test
    void aTokenIsGoodForItsOwnClientAlone() {
        var one = register(client(CALLBACK));
        var other = register(client("https://other.supplier.co.uk/cb"));
        refused(configure(one).get(path(other)));
        refused(replace(one, with(other, Map.of()), path(other)));
        refused(configure(one).delete(path(other), ""));
        refused(configure(one).get(REGISTER + "/100000000000.apps.national"));
        refused(configure(one).get(path(one).replace("integration", "deployment")));
        refused(Api.with(Credentials.token("credential-write")).get(path(one)));
    }

    @Test
    void aSuspendedClientStaysSuspendedAndIsNotDeleted() {
        var made = register(client("https://suspended" + UUID.randomUUID() + ".supplier.co.uk/cb"));
        var registration = "/api/v1/applications/"
                + sql.text("select application_id from registration where id = '" + registration(made) + "'")
                + "/registrations/integration";
        Api.as("operator")
                .put(registration + "/suspension", Map.of("reason", "Leaks secrets"), "")
                .then()
                .statusCode(200);
        try {
            var replaced = replace(
                    made, with(made, Map.of("client_name", "Put right", "redirect_uris", made.path("redirect_uris"))));
            replaced.then().statusCode(200).body("client_name", equalTo("Put right"));
            Api.as("owner").get(registration).then().body("state", equalTo("suspended"));
            configure(replaced).delete(path(made), "").then().statusCode(403).body("error", equalTo("access_denied"));
            configure(replaced).get(path(made)).then().statusCode(200);
            register(client(made.path("redirect_uris[0]")))
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("invalid_client_metadata"));
        } finally {
            Api.as("operator").delete(registration + "/suspension", "");
        }
    }

    @Test
    void anOwnerGivesAnyClientANewTokenAndEndsTheOneBefore() {
        var path = Api.newApplication("Token for any") + "/registrations/integration";
        Api.as("owner").put(path, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        var first = Api.as("owner").post(path + "/registration-token", "");
        first.then().statusCode(201).header("Cache-Control", "no-store");
        var address = URI.create(first.path("registration_client_uri")).getPath();
        configure(first).get(address).then().statusCode(200);
        var second = Api.as("admin").post(path + "/registration-token", "");
        refused(configure(first).get(address));
        configure(second).get(address).then().statusCode(200);
        configure(second).delete(address, "").then().statusCode(204);
        refused(configure(second).get(address));
        Api.as("owner").get(path).then().statusCode(404);
    }

    @Test
    void noTokenStaysWithATeamThatGivesTheApplicationAway() {
        var made = register(client("https://given" + UUID.randomUUID() + ".supplier.co.uk/cb"));
        var application = sql.text("select application_id from registration where id = '" + registration(made) + "'");
        var offered = Api.as("owner")
                .post("/api/v1/applications/" + application + "/handover", Map.of("team_id", Api.OTHER_TEAM));
        offered.then().statusCode(201);
        Api.as("other-owner")
                .post(
                        "/api/v1/teams/" + Api.OTHER_TEAM + "/handovers/" + offered.path("id") + "/decision",
                        Map.of("outcome", "accept"))
                .then()
                .statusCode(204);
        refused(configure(made).get(path(made)));
    }

    private static Map<String, Object> client(String redirectUri) {
        return Map.of("redirect_uris", List.of(redirectUri));
    }

    private static Map<String, Object> with(Response made, Map<String, Object> members) {
        var body = new HashMap<String, Object>(
                Map.of("client_id", made.path("client_id"), "redirect_uris", made.path("redirect_uris")));
        body.putAll(members);
        return body;
    }

    private static Response register(Object body) {
        return Api.with(Credentials.token("credential-write")).post(REGISTER, body);
    }

    private static Response replace(Response held, Object body) {
        return replace(held, body, path(held));
    }

    private static Response replace(Response held, Object body, String path) {
        return configure(held).put(path, body, "");
    }

    private static Api configure(Response held) {
        return Api.with(held.path("registration_access_token"));
    }

    private static String path(Response made) {
        return REGISTER + "/" + made.path("client_id");
    }

    private String registration(Response made) {
        return sql.text("select id from registration where client_id = '" + made.path("client_id") + "'");
    }
}

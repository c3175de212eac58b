package dev.connectionmanager.api.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.connectionmanager.keyset.HostedKeySetExamples;
import dev.connectionmanager.mock.RelyingParty;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.RsaKeys;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@PortalTest
class KeySetsApiTest {
    private static final String ALL = "/api/v1/teams/" + Api.FIRST_TEAM + "/key-sets";
    private static final String REDIRECT = "https://app.supplier.co.uk/callback";

    @Inject
    Sql sql;

    /** A team may have ten. */
    @AfterEach
    void deleteExamples() {
        List<Map<String, Object>> there =
                Api.as("owner").get(ALL + "?limit=100").path("items");
        there.stream().filter(one -> one.get("name").equals("Example")).forEach(one -> Api.as("owner")
                .delete(ALL + "/" + one.get("id"), ""));
    }

    @Test
    void publishesRotatesAndWithdraws() throws Exception {
        var path = HostedKeySetExamples.path();
        var made = Api.as("viewer").get(path);
        made.then().statusCode(200).body("keys", hasSize(1)).body("created_by", equalTo("Olivia Owner"));
        // Nobody can have read the key set without it.
        assertThat(made.<String>path("keys[0].usable_from")).isEqualTo(made.path("keys[0].added_at"));
        var uri = made.<String>path("jwks_uri");
        assertThat(published(uri).getKeys()).hasSize(1).allMatch(key -> !key.isPrivate());

        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder()
                        .encodeToString(RsaKeys.key(1).toPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        var first = made.<String>path("keys[0].kid");
        var rotated = Api.as("admin").post(path + "/keys", Map.of("keys", pem, "replaces", first));
        rotated.then()
                .statusCode(201)
                .body("keys", hasSize(2))
                .body("keys[1].kid", equalTo(RsaKeys.key(1).computeThumbprint().toString()));
        assertThat(Instant.parse(rotated.path("keys[0].leaves_at")))
                .isEqualTo(Instant.parse(rotated.<String>path("keys[1].usable_from"))
                        .plusSeconds(3_600));
        assertThat(published(uri).getKeys()).hasSize(2);
        Api.as("admin")
                .post(path + "/keys", Map.of("keys", List.of(publicKey(2)), "replaces", first))
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/replaces")));

        Api.as("owner").delete(path + "/keys/" + first, "").then().statusCode(204);
        assertThat(published(uri).getKeys()).hasSize(1);
        Api.as("owner").delete(path + "/keys/" + first, "").then().statusCode(404);
        Api.as("owner").delete(path, "").then().statusCode(204);
        Api.bare().get(URI.create(uri).getPath()).then().statusCode(404);
        assertThat(sql.number("select count(*) from audit_entry where object = 'key-set' and object_id = '"
                        + made.path("id") + "'"))
                .isEqualTo(4);
    }

    @Test
    void aClientSignsWithAHostedKeyAndTheKeySetStaysAsLongAsItIsRegistered() throws Exception {
        var path = HostedKeySetExamples.path();
        var uri = Api.as("owner").get(path).<String>path("jwks_uri");
        var application = Api.newApplication("Hosted keys");
        var registration = application + "/registrations/integration";
        var registered = register(registration, uri);
        registered.then().statusCode(201);

        var clientId = registered.<String>path("client_id");
        var party = RelyingParty.of(RelyingParty.commonIssuer(), clientId, REDIRECT);
        var logIn = party.logIn().ask("gp", "openid", request -> request);
        var answer = logIn.redeem(new PrivateKeyJWT(
                new ClientID(clientId),
                URI.create(RelyingParty.commonIssuer()),
                JWSAlgorithm.RS256,
                RsaKeys.key(0).toPrivateKey(),
                HostedKeySetExamples.thumbprint(),
                null));
        assertThat(answer.indicatesSuccess()).as(logIn.answer().body()).isTrue();

        Api.as("owner")
                .delete(path, "")
                .then()
                .statusCode(409)
                .body("code", equalTo("key-set-in-use"))
                .body("application_name", equalTo("Hosted keys"))
                .body("client_id", equalTo(clientId));
        Api.as("owner")
                .delete(path + "/keys/" + HostedKeySetExamples.thumbprint(), "")
                .then()
                .statusCode(409);
        Api.as("owner")
                .delete(
                        registration,
                        "If-Match: " + Api.as("owner").get(registration).header("ETag"))
                .then()
                .statusCode(204);
        Api.as("owner").delete(path, "").then().statusCode(204);
    }

    @Test
    void anotherTeamsKeySetAndOneThatIsNotThereAreAlikeForARegistration() {
        var uri = Api.as("owner").get(HostedKeySetExamples.path()).<String>path("jwks_uri");
        var theirs = Api.as("other-owner")
                .post(
                        "/api/v1/teams/" + Api.OTHER_TEAM + "/applications",
                        Map.of("name", "Borrowed keys", "category", "supplier", "application_type", "web"))
                .header("Location");
        var none = uri.substring(0, uri.lastIndexOf('/') + 1) + UUID.randomUUID();
        for (var named : List.of(uri, none)) {
            Api.as("other-owner")
                    .put(theirs + "/registrations/integration", privateKeyJwt(named), "If-None-Match: *")
                    .then()
                    .statusCode(422)
                    .body("errors.code", equalTo(List.of("jwks-uri-hosted-unknown")))
                    .body("errors.pointer", equalTo(List.of("/jwks_uri")));
        }
    }

    @Test
    void aHandOverNamesWhatMustChange() {
        var uri = Api.as("owner").get(HostedKeySetExamples.path()).<String>path("jwks_uri");
        var application = Api.newApplication("Handed over with hosted keys");
        var registration = application + "/registrations/integration";
        var clientId = register(registration, uri).<String>path("client_id");
        Api.as("owner").post(application + "/handover", Map.of("team_id", Api.OTHER_TEAM));
        var offers = "/api/v1/teams/" + Api.OTHER_TEAM + "/handovers";
        var offer = Api.as("other-owner")
                .get(offers + "?limit=100")
                .<String>path("items.find { it.application_name == 'Handed over with hosted keys' }.id");
        Api.as("other-owner")
                .get(offers + "/" + offer)
                .then()
                .body("must_change.client_id", equalTo(List.of(clientId)))
                .body("must_change.jwks_uri", equalTo(List.of(uri)));
        Api.as("other-owner")
                .post(
                        offers + "/" + offer + "/decision",
                        Map.of("outcome", "accept", "contacts", List.of("o@other.example")))
                .then()
                .statusCode(204);

        // The team that keeps the key set hears no more than that somebody needs it.
        var path = ALL + uri.substring(uri.lastIndexOf('/'));
        var refused = Api.as("owner").delete(path, "");
        refused.then().statusCode(409).body("code", equalTo("key-set-in-use-elsewhere"));
        assertThat(refused.body().asString()).doesNotContain(clientId);
        Api.as("other-owner")
                .delete(
                        registration,
                        "If-Match: " + Api.as("other-owner").get(registration).header("ETag"))
                .then()
                .statusCode(204);
        Api.as("owner").delete(path, "").then().statusCode(204);
    }

    @Test
    void productionNeedsAnAddressOfOnesOwn() {
        var uri = Api.as("owner").get(HostedKeySetExamples.path()).<String>path("jwks_uri");
        var request = Api.as("owner")
                .put(
                        Api.newApplication("Own address") + "/registrations/production",
                        privateKeyJwt(uri),
                        "If-None-Match: *")
                .header("Location");
        Api.as("owner").get(request + "/readiness").then().statusCode(200);
        Api.as("owner").get(request).then().body("errors.code", hasItem("jwks-uri-for-development"));
    }

    @Test
    void takesNoPrivateKeyAndNoMoreThanTen() {
        var path = HostedKeySetExamples.path();
        var refused = Api.as("owner")
                .post(path + "/keys", Map.of("keys", List.of(RsaKeys.key(3).toJSONObject())));
        refused.then().statusCode(422);
        assertThat(refused.body().asString())
                .doesNotContain(RsaKeys.key(3).getPrivateExponent().toString());
        for (int i = 1; i < 9; i++) {
            Api.as("owner")
                    .post(path + "/keys", Map.of("keys", List.of(publicKey(i))))
                    .then()
                    .statusCode(201);
        }
        var two = List.of(renamed(1), renamed(2));
        Api.as("owner").post(path + "/keys", Map.of("keys", two)).then().statusCode(422);
    }

    /** Whoever comes first: a registered key set is never deleted, and a deleted one never registered. */
    @Test
    void aRegistrationAndADeletionAtOnceEndWell() throws Exception {
        for (int i = 0; i < 5; i++) {
            var path = HostedKeySetExamples.path();
            var uri = Api.as("owner").get(path).<String>path("jwks_uri");
            var registration = Api.newApplication("Race " + i) + "/registrations/integration";
            var statuses = AtOnce.each(
                    number -> () -> number == 0
                            ? register(registration, uri).statusCode()
                            : Api.as("owner").delete(path, "").statusCode(),
                    2);
            assertThat(statuses).isIn(List.of(201, 409), List.of(422, 204));
            if (statuses.get(0) == 201) {
                delete(registration);
            }
        }
    }

    @Test
    void saysWhatIsPublishedHereToAnybodyAndNothingElse() {
        var uri = Api.as("owner").get(HostedKeySetExamples.path()).<String>path("jwks_uri");
        Api.bare()
                .get(URI.create(uri).getPath() + "?unknown=1")
                .then()
                .statusCode(200)
                .contentType("application/jwk-set+json")
                .header("Cache-Control", containsString("max-age=60"));
    }

    private static void delete(String registration) {
        Api.as("owner")
                .delete(
                        registration,
                        "If-Match: " + Api.as("owner").get(registration).header("ETag"))
                .then()
                .statusCode(204);
    }

    private static Response register(String registration, String uri) {
        return Api.as("owner").put(registration, privateKeyJwt(uri), "If-None-Match: *");
    }

    private static Map<String, Object> privateKeyJwt(String uri) {
        return Map.of(
                "redirect_uris", List.of(REDIRECT), "token_endpoint_auth_method", "private_key_jwt", "jwks_uri", uri);
    }

    private static Map<String, Object> publicKey(int index) {
        return RsaKeys.key(index).toPublicJWK().toJSONObject();
    }

    private static Map<String, Object> renamed(int index) {
        return new RSAKey.Builder(RsaKeys.key(index).toPublicJWK())
                .keyID("renamed-" + index)
                .build()
                .toJSONObject();
    }

    private static JWKSet published(String uri) throws Exception {
        return JWKSet.parse(Api.bare().get(URI.create(uri).getPath()).body().asString());
    }
}

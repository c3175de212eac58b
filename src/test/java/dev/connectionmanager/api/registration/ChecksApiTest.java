package dev.connectionmanager.api.registration;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@PortalTest
class ChecksApiTest {
    private static final Api ADMIN = Api.as("admin");
    private static final String SOUND = new JWKSet(LaboratoryInternet.KEY).toString();

    @Test
    void looksAtEachEndpointBeforeItIssuesAndKeepsTheReports() {
        var registration = registered("https://keys.laboratory.co.uk/jwks", "https://keys.laboratory.co.uk/logout");
        Api.as("viewer")
                .get(registration + "/checks")
                .then()
                .statusCode(200)
                .body("items.field", contains("jwks_uri", "backchannel_logout_uri"))
                .body("items.passed", contains(true, true))
                .body("items.version", contains(1, 1))
                .body(
                        "items[0].steps.name",
                        contains("dns", "connection", "tls", "certificate", "name", "chain", "content"))
                .body("items[0].steps.state", everyItem(equalTo("passed")))
                .body("items[0].seen.address", startsWith("51.140."));
    }

    @Test
    void keepsTheLatestReportOfEachEndpoint() {
        var registration = registered(published("latest", SOUND), null);
        published("latest", "{\"keys\":[]}");
        ADMIN.post(registration + "/checks", "")
                .then()
                .statusCode(200)
                .body("items.passed", contains(false))
                .body("items[0].steps.find { it.state == 'failed' }.name", equalTo("content"))
                .body("items[0].steps.find { it.state == 'failed' }.findings.code", contains("jwks-no-usable-key"));
        ADMIN.get(registration + "/checks").then().body("items", hasSize(1)).body("items.passed", contains(false));
    }

    @Test
    void issuesNothingForEndpointsThatFailAndTellsAllAtOnce() {
        var registration = Api.newApplication("Refused") + "/registrations/integration";
        var metadata = metadata("https://nowhere.laboratory.co.uk/jwks", "https://expired.laboratory.co.uk/logout");
        metadata.put("redirect_uris", List.of("http://app.supplier.co.uk/callback"));
        ADMIN.put(registration, metadata, "If-None-Match: *")
                .then()
                .statusCode(422)
                .body("errors.code", contains("redirect-uri-not-https", "dns-failed", "certificate-expired"))
                .body("errors.pointer", contains("/redirect_uris/0", "/jwks_uri", "/backchannel_logout_uri"));
        ADMIN.get(registration).then().statusCode(404);
    }

    @Test
    void aChangeWhoseCheckFailsLeavesTheLiveRevisionAsItIs() {
        var registration = registered("https://keys.laboratory.co.uk/jwks", null);
        var before = ADMIN.get(registration);
        ADMIN.put(
                        registration,
                        metadata("https://expired.laboratory.co.uk/jwks", null),
                        "If-Match: " + before.header("ETag"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("certificate-expired"));
        ADMIN.get(registration)
                .then()
                .header("ETag", before.header("ETag"))
                .body("jwks_uri", equalTo("https://keys.laboratory.co.uk/jwks"));
        ADMIN.get(registration + "/checks").then().body("items.passed", contains(true));
    }

    @Test
    void anEndpointThatBrokeSinceOnlyWarnsUntilItIsChangedItself() {
        var jwksUri = published("broke", SOUND);
        var registration = registered(jwksUri, null);
        published("broke", "gone");
        var metadata = metadata(jwksUri, null);
        metadata.put("client_name", "Another name");
        var changed = ADMIN.put(
                registration, metadata, "If-Match: " + ADMIN.get(registration).header("ETag"));
        changed.then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("warnings.code", contains("registered-endpoint-fails"))
                .body("warnings[0].detail", containsString("The key set is not well-formed"));
        ADMIN.get(registration + "/checks").then().body("items.version", contains(2));
        metadata.put("token_endpoint_auth_signing_alg", "RS256");
        ADMIN.put(registration, metadata, "If-Match: " + changed.header("ETag"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("jwks-malformed"));
        // What any answer said can be sent back.
        ADMIN.put(registration, changed.asString(), "If-Match: " + changed.header("ETag"))
                .then()
                .statusCode(200);
    }

    @Test
    void saysWhichStepFailedAndHowToPutItRight() {
        ADMIN.post(
                        "/api/v1/environments/integration/validations?live=true",
                        metadata("https://nowhere.laboratory.co.uk/jwks", null))
                .then()
                .body("valid", equalTo(false))
                .body("errors.code", contains("dns-failed"))
                .body("errors[0].detail", containsString("nowhere.laboratory.co.uk"));
    }

    @Test
    void readersDoNotMakeThePortalLook() {
        var registration = registered("https://keys.laboratory.co.uk/jwks", null);
        Api.as("viewer").post(registration + "/checks", "").then().statusCode(403);
        Api.as("operator").post(registration + "/checks", "").then().statusCode(403);
        Api.as("other-owner").post(registration + "/checks", "").then().statusCode(404);
    }

    @Test
    void validationLooksOnlyWhenAskedAndOnlyForMembers() {
        var path = "/api/v1/environments/integration/validations";
        var metadata = metadata("https://expired.laboratory.co.uk/jwks", null);
        ADMIN.post(path, metadata).then().body("valid", equalTo(true));
        ADMIN.post(path + "?live=true", metadata)
                .then()
                .body("valid", equalTo(false))
                .body("errors.code", contains("certificate-expired"))
                .body("errors.pointer", contains("/jwks_uri"));
        Api.as("newcomer").post(path + "?live=true", metadata).then().statusCode(403);
    }

    @Test
    void neverOpensWhatTheRulesRefuse() {
        ADMIN.post(
                        "/api/v1/environments/integration/validations?live=true",
                        metadata("https://127.0.0.1:22/jwks", null))
                .then()
                .body("errors.code", contains("uri-host-not-public", "uri-port-not-allowed"));
    }

    private static String published(String name, String body) {
        return LaboratoryInternet.publish(name, body);
    }

    private static String registered(String jwksUri, String logoutUri) {
        var registration = Api.newApplication("Checked") + "/registrations/integration";
        ADMIN.put(registration, metadata(jwksUri, logoutUri), "If-None-Match: *")
                .then()
                .statusCode(201);
        return registration;
    }

    private static TreeMap<String, Object> metadata(String jwksUri, String logoutUri) {
        var metadata = new TreeMap<String, Object>(Map.of(
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback"),
                "token_endpoint_auth_method",
                "private_key_jwt",
                "jwks_uri",
                jwksUri));
        if (logoutUri != null) {
            metadata.put("backchannel_logout_uri", logoutUri);
        }
        return metadata;
    }
}

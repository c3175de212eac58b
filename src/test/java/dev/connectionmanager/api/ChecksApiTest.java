package dev.connectionmanager.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.PortalTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@PortalTest
class ChecksApiTest {
    private static final Api ADMIN = Api.as("admin");

    @Test
    void looksAtEachEndpointAndKeepsTheLatestReport() {
        var registration = registered("https://keys.laboratory.co.uk/jwks", "https://expired.laboratory.co.uk/logout");
        ADMIN.get(registration + "/checks").then().statusCode(200).body("items", empty());
        ADMIN.post(registration + "/checks", "")
                .then()
                .statusCode(200)
                .body("items.field", contains("jwks_uri", "backchannel_logout_uri"))
                .body("items.passed", contains(true, false))
                .body(
                        "items[0].steps.name",
                        contains("dns", "connection", "tls", "certificate", "name", "chain", "content"))
                .body("items[0].steps.state", everyItem(equalTo("passed")))
                .body("items[0].seen.address", startsWith("51.140."))
                .body("items[0].revision", equalTo(1))
                .body("items[1].steps.find { it.state == 'failed' }.name", equalTo("certificate"))
                .body("items[1].steps.find { it.state == 'failed' }.findings.code", contains("certificate-expired"));
        ADMIN.post(registration + "/checks", "").then().statusCode(200);
        Api.as("viewer")
                .get(registration + "/checks")
                .then()
                .body("items", hasSize(2))
                .body("items.passed", contains(true, false));
    }

    @Test
    void saysWhichStepFailedAndHowToPutItRight() {
        var registration = registered("https://nowhere.laboratory.co.uk/jwks", null);
        ADMIN.post(registration + "/checks", "")
                .then()
                .body("items[0].passed", equalTo(false))
                .body("items[0].steps[0].findings.code", contains("dns-failed"))
                .body("items[0].steps.state", hasItem("not-reached"));
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

    private static String registered(String jwksUri, String logoutUri) {
        var registration = Api.newApplication("Checked") + "/registrations/integration";
        ADMIN.put(registration, metadata(jwksUri, logoutUri), "If-None-Match: *")
                .then()
                .statusCode(201);
        return registration;
    }

    private static Map<String, Object> metadata(String jwksUri, String logoutUri) {
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

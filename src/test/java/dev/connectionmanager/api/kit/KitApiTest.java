package dev.connectionmanager.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.mock.MockRegistration;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PortalTest
class KitApiTest {
    private static final String HERE = "http://localhost:3000/callback";

    @Test
    void leadsToTheEnvironment() {
        var client = MockRegistration.make("Kit", Map.of("userinfo_signed_response_alg", "RS512"));
        var kit = Api.as("viewer").get(client.path() + "/kit");
        kit.then()
                .statusCode(200)
                .body("environment", equalTo("integration"))
                .body("provider", equalTo("integration"))
                .body("issuer", startsWith("https://am.nhsint.auth-ptl.cis2.spineservices.nhs.uk:443/"))
                .body("client_id", equalTo(client.clientId()))
                .body("redirect_uri", equalTo(client.redirectUri()))
                .body("scopes", hasItems("openid", "nationalrbacaccess"))
                .body("acr_values", hasItem("AAL3_ANY"))
                .body("kits.framework", hasItems("spring-security", "quarkus", "aspnet-core", "curl"));
        assertThat(kit.asString())
                .as("no secret, and the registered algorithm")
                .doesNotContain(client.secret())
                .contains("userinfo_signed_response_alg: 'RS512'");
    }

    @Test
    void leadsToTheMockAndToAddressesOnOnesOwnComputer() {
        var client = MockRegistration.make("Kit at the mock", Map.of());
        Api.as("admin")
                .put(client.path() + "/local-addresses", Map.of("redirect_uris", List.of(HERE)), "")
                .then()
                .statusCode(200);
        var kit = Api.as("viewer").get(client.path() + "/kit?provider=mock");
        kit.then()
                .statusCode(200)
                .body("provider", equalTo("mock"))
                .body("issuer", startsWith("http://localhost:"))
                .body("redirect_uri", equalTo(HERE));
        assertThat(kit.asString()).contains("3000").doesNotContain("cis2.spineservices");
        Api.as("viewer")
                .get(client.path() + "/kit?provider=other")
                .then()
                .statusCode(400)
                .body("code", equalTo("parameter-invalid"));
    }

    @Test
    void warnsOfWhatTheApplicationsFrameworkDoesNotDo() {
        var owner = Api.as("owner");
        var application = owner.post(
                "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                Map.of(
                        "name",
                        "Kit of Authlib",
                        "category",
                        "supplier",
                        "application_type",
                        "web",
                        "framework",
                        "authlib"));
        application.then().statusCode(201).body("framework", equalTo("authlib"));
        owner.put(
                        application.header("Location") + "/registrations/integration",
                        Map.of(
                                "redirect_uris",
                                List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method",
                                "client_secret_basic",
                                "userinfo_signed_response_alg",
                                "RS256"),
                        "If-None-Match: *")
                .then()
                .statusCode(201)
                .body("warnings.code", hasItem("framework-signed-userinfo"))
                .body(
                        "warnings.detail[0]",
                        startsWith("The application’s framework, Authlib for Flask, does not read"));
    }
}

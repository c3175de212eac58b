package dev.connectionmanager.mock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.LoopbackCalls;
import dev.connectionmanager.testing.DeployedPortalTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outside local mode the mock is off unless somebody switches it on, and nothing reaches this computer. */
@DeployedPortalTest
class OffTest {
    @Inject
    Instance<LoopbackCalls> ownComputer;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mock",
                "/mock/",
                "/mock/authorize",
                "/mock/access_token",
                "/mock/userinfo",
                "/mock/connect/jwk_uri",
                "/mock/.well-known/openid-configuration",
                "/mock/users",
                "/mock/clients",
                "/mock/register",
                "/mock/logout-tokens",
                "/mock/t/any/authorize",
                "/%6dock/authorize"
            })
    void answersNoPathOfTheMock(String path) {
        for (var method : new String[] {"GET", "POST", "PUT"}) {
            given().urlEncodingEnabled(false).request(method, path).then().statusCode(404);
        }
    }

    @Test
    void saysToBrowsersThatItIsSwitchedOff() {
        assertThat(given().accept("text/html").get("/mock/authorize").asString())
                .contains("The mock authorisation service is switched off here.");
    }

    @Test
    void saysSoWhereEnvironmentsAreDescribed() {
        assertThat(given().get("/environments").asString()).contains("It is switched off here");
    }

    @Test
    void hasNoWayToAddressesOnThisComputer() {
        assertThat(ownComputer.isResolvable()).isFalse();
    }
}

package dev.connectionmanager.start;

import static io.restassured.RestAssured.given;

import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

@PortalTest
class PortalStartsTest {
    @Test
    void answersHealthChecks() {
        given().get("/q/health").then().statusCode(200);
    }
}

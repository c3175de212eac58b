package dev.connectionmanager;

import static io.restassured.RestAssured.given;

import org.junit.jupiter.api.Test;

@PortalTest
class PortalStartsTest {
    @Test
    void answersHealthChecks() {
        given().get("/q/health").then().statusCode(200);
    }
}

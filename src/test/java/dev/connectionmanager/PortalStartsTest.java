package dev.connectionmanager;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LocalPortal.class)
class PortalStartsTest {
    @Test
    void answersHealthChecks() {
        given().get("/q/health").then().statusCode(200);
    }
}

package dev.connectionmanager.testing;

import io.restassured.response.Response;
import java.util.Map;

/** Initial access tokens of the first team, issued for real by its owner. */
public final class InitialAccessTokenExamples {
    public static final String ALL = "/api/v1/teams/" + Api.FIRST_TEAM + "/initial-access-tokens";

    private InitialAccessTokenExamples() {}

    public static Response issue(String environment, int uses) {
        return Api.as("owner")
                .post(ALL, Map.of("environment", environment, "uses", uses))
                .then()
                .statusCode(201)
                .extract()
                .response();
    }
}

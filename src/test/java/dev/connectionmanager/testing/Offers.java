package dev.connectionmanager.testing;

import java.util.Map;

/** Applications that one team of local mode offers to the other. */
public final class Offers {
    private Offers() {}

    /** Offers an application of the first team to the other team; does nothing where it is offered already. */
    public static void ofFirstTeam(String applicationId) {
        Api.as("owner").post("/api/v1/applications/" + applicationId + "/handover", Map.of("team_id", Api.OTHER_TEAM));
    }

    /** @return the id of the offer of a new application of the other team to the first team */
    public static String toFirstTeam(String name) {
        var otherOwner = Api.as("other-owner");
        var application = otherOwner.post(
                "/api/v1/teams/" + Api.OTHER_TEAM + "/applications",
                Map.of(
                        "name",
                        name,
                        "category",
                        "supplier",
                        "application_type",
                        "web",
                        "contacts",
                        java.util.List.of("other@supplier.co.uk")));
        return otherOwner
                .post("/api/v1/applications/" + application.path("id") + "/handover", Map.of("team_id", Api.FIRST_TEAM))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}

package dev.connectionmanager.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import dev.connectionmanager.LocalPortal;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A portal whose operators let the rules approve more redirect URIs on hosts that they have approved. */
@QuarkusTest
@WithTestResource(
        value = LocalPortal.class,
        initArgs = @ResourceArg(name = "connection-manager.review.automatic-redirect-uris", value = "true"))
class AutomaticApprovalTest {
    private static final Api OWNER = Api.as("owner");

    @Test
    void approvesByRuleWhatIsCoveredAndNothingElse() {
        var production = Api.newApplication("Ward Round") + "/registrations/production";
        var first = open(production, "If-None-Match: *", "https://app.supplier.co.uk/callback");
        OWNER.put(
                        first,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(first).header("ETag"))
                .then()
                .statusCode(200);
        OWNER.post(first + "/submission", Map.of()).then().statusCode(200).body("state", equalTo("submitted"));
        Api.as("operator")
                .request()
                .header("If-Match", OWNER.get(first).header("ETag"))
                .body(Map.of("outcome", "approve"))
                .post(first + "/decision")
                .then()
                .statusCode(200);

        var more = open(
                production,
                "If-Match: " + OWNER.get(production).header("ETag"),
                "https://app.supplier.co.uk/callback",
                "https://app.supplier.co.uk/second");
        OWNER.post(more + "/submission", Map.of())
                .then()
                .statusCode(200)
                .body("state", equalTo("approved"))
                .body("decided_by", equalTo("Connection Manager"));
        OWNER.get(production).then().body("redirect_uris", hasSize(2)).body("version", equalTo(2));
        OWNER.get(production + "/revisions").then().body("items[0].actor", equalTo("Connection Manager"));
        OWNER.get(more + "/comments")
                .then()
                .body("items.kind", hasItems("submitted", "approved"))
                .body("items.role", hasItem("portal"));

        var elsewhere = open(
                production,
                "If-Match: " + OWNER.get(production).header("ETag"),
                "https://app.supplier.co.uk/callback",
                "https://app.supplier.co.uk/second",
                "https://app.other.co.uk/callback");
        OWNER.post(elsewhere + "/submission", Map.of()).then().statusCode(200).body("state", equalTo("submitted"));
        OWNER.get(production)
                .then()
                .body(
                        "redirect_uris",
                        contains("https://app.supplier.co.uk/callback", "https://app.supplier.co.uk/second"));
    }

    private static String open(String production, String condition, String... redirectUris) {
        return OWNER.put(
                        production,
                        Map.of(
                                "redirect_uris",
                                List.of(redirectUris),
                                "token_endpoint_auth_method",
                                "client_secret_basic"),
                        condition)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }
}

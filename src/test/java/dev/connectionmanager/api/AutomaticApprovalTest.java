package dev.connectionmanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import dev.connectionmanager.LocalPortal;
import dev.connectionmanager.Persons;
import dev.connectionmanager.mail.LetterWriter;
import dev.connectionmanager.mail.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A portal whose operators let the rules approve more redirect URIs on hosts that they have approved. */
@QuarkusTest
@WithTestResource(
        value = LocalPortal.class,
        initArgs = @ResourceArg(name = "connection-manager.review.automatic-redirect-uris", value = "true"))
class AutomaticApprovalTest {
    private static final Api OWNER = Api.as("owner");

    @Inject
    Outbox outbox;

    @Inject
    LetterWriter writer;

    @Test
    void approvesByRuleWhatIsCoveredAndNothingElse() {
        var production = Api.newApplication("Ward Round") + "/registrations/production";
        approvedByAnOperator(production);

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
        assertThat(letters("Ward Round")).contains("approved by rule", "no operator has looked at it");
        var page = Persons.get(Persons.browser("owner"), more.replace("/api/v1", "") + "/submitted");
        assertThat(page.body()).contains("Operators need not look at it");

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

    @Test
    void approvesNothingByRuleThatOperatorsKeepOutOrObjectTo() {
        var production = Api.newApplication("Kept out") + "/registrations/production";
        approvedByAnOperator(production);
        var operator = Api.as("operator");
        operator.put(production + "/suspension", Map.of("reason", "Tokens were leaked."), "")
                .then()
                .statusCode(200);
        var whileSuspended = openMore(production);
        submit(whileSuspended, "submitted");
        operator.delete(production + "/suspension", "").then().statusCode(204);
        decide(whileSuspended, "request-changes");
        submit(whileSuspended, "submitted");
        decide(whileSuspended, "reject");
        // The same again, as another request.
        var again = openMore(production);
        submit(again, "submitted");
        decide(again, "approve");
        assertThat(letters("Kept out")).contains("Operators have approved").doesNotContain("by rule");
        submit(
                open(
                        production,
                        "If-Match: " + OWNER.get(production).header("ETag"),
                        "https://app.supplier.co.uk/callback",
                        "https://app.supplier.co.uk/second",
                        "https://app.supplier.co.uk/third"),
                "approved");
    }

    private static String openMore(String production) {
        return open(
                production,
                "If-Match: " + OWNER.get(production).header("ETag"),
                "https://app.supplier.co.uk/callback",
                "https://app.supplier.co.uk/second");
    }

    private static void approvedByAnOperator(String production) {
        var first = open(production, "If-None-Match: *", "https://app.supplier.co.uk/callback");
        OWNER.put(
                        first,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(first).header("ETag"))
                .then()
                .statusCode(200);
        submit(first, "submitted");
        decide(first, "approve");
        var page = Persons.get(Persons.browser("owner"), first.replace("/api/v1", "") + "/submitted");
        assertThat(page.body()).contains("Approved on").doesNotContain("Operators need not look at it");
    }

    private static void submit(String request, String state) {
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200).body("state", equalTo(state));
    }

    private static void decide(String request, String outcome) {
        Api.as("operator")
                .request()
                .header("If-Match", OWNER.get(request).header("ETag"))
                .body(Map.of("outcome", outcome, "comment", "Because."))
                .post(request + "/decision")
                .then()
                .statusCode(200);
    }

    /** All that was mailed about an application's requests, as it is read. */
    private String letters(String application) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.latest(500).stream()
                .map(mail -> writer.write(mail.letter()))
                .filter(letter -> letter.subject().startsWith(application + ": the request"))
                .map(letter -> letter.subject() + "\n" + letter.text())
                .collect(Collectors.joining("\n")));
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

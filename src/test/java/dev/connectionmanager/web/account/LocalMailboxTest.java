package dev.connectionmanager.web.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In local mode mails arrive on a page. */
@PortalTest
class LocalMailboxTest {
    @Inject
    Outbox outbox;

    @Test
    void showsEachMailAsTextAndAsHtml() {
        post("First " + UUID.randomUUID());
        var application = "<i>Second</i> " + UUID.randomUUID();
        post(application);
        try (var browser = Browser.open()) {
            browser.go("/local/mail").sees("Mailbox");
            assertThat(browser.page.locator("main li").first().innerText())
                    .as("newest first")
                    .contains("New comment on the request for Production of " + application, "adam@supplier.example");
            browser.follow("New comment on the request for Production of " + application)
                    .look("an email");
            assertThat(browser.text()).contains("Ann & Bob write", "http://localhost");
            browser.follow("See it as HTML").look("an email as html");
            assertThat(browser.text()).contains("Ann & Bob write");
            assertThat(browser.page.locator("i").count()).isZero();
            var link = browser.page.locator("main a");
            assertThat(link.getAttribute("href")).startsWith("http://localhost").endsWith("/requests/x");
            link.click();
            assertThat(browser.page.url()).as("to log in first").contains("/local/openid/");
        }
    }

    @Test
    void theHtmlViewCanBringNothingWithIt() {
        var id = post("Any");
        given().get("/local/mail/" + id + "/html")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", org.hamcrest.Matchers.containsString("default-src 'none'"));
    }

    private UUID post(String application) {
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.post(
                        new Letter(
                                "request-comment",
                                null,
                                Map.of(
                                        "application", application,
                                        "environment", "Production",
                                        "by", "Ann & Bob write",
                                        "comment", "Hello",
                                        "request_id", "x"),
                                "request"),
                        List.of("adam@supplier.example")));
        return QuarkusTransaction.requiringNew()
                .call(() -> outbox.latest(1).get(0).id());
    }
}

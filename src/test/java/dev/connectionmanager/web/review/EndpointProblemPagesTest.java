package dev.connectionmanager.web.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What teams and operators see of endpoints that fail or soon will. */
@PortalTest
class EndpointProblemPagesTest {
    @Inject
    Sql sql;

    private static final String SOUND = new JWKSet(LaboratoryInternet.KEY).toString();

    @Test
    void anApplicationShowsWhatIsBrokenOrSoonWillBe() {
        var broken = registered("broken-shown", "Broken one");
        LaboratoryInternet.publish("broken-shown", "gone");
        LaboratoryInternet.certify("broken-shown", 12);
        check(broken);
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go(application(broken)).look("application that needs attention");
            assertThat(browser.text())
                    .contains("Needs your attention", "Endpoint problem", "Certificate expires on")
                    .contains("It failed its last check");
            browser.go(pages(broken)).look("registration that needs attention");
            browser.page.locator(".nhsuk-task-list__link").first().click();
            browser.look("live checks of a broken endpoint");
            assertThat(browser.text())
                    .contains("There is a problem", "not well-formed", "Renew it before then")
                    .contains("It failed at: Content.", "SHA-256");
        }
        LaboratoryInternet.publish("broken-shown", SOUND);
        LaboratoryInternet.certify("broken-shown", 200);
        check(broken);
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go(application(broken));
            assertThat(browser.text()).doesNotContain("Needs your attention", "Endpoint problem");
        }
    }

    @Test
    void operatorsSeeAllThatNeedsAttentionFilteredAndPaged() {
        for (int i = 10; i < 38; i++) {
            LaboratoryInternet.publish("listed-" + i, SOUND);
            if (i % 2 == 0) {
                LaboratoryInternet.certify("listed-" + i, i - 8);
            }
            var registration = registered("listed-" + i, "Listed " + i);
            if (i % 2 == 1) {
                LaboratoryInternet.publish("listed-" + i, "gone");
                check(registration);
            }
        }
        try (var browser = Browser.open().logIn("operator")) {
            browser.go("/review").follow("Endpoints that need attention").sees("Endpoints that need attention");
            browser.fill("Team, application or client ID begins with", "LISTED")
                    .press("Filter")
                    .look("endpoints that need attention filtered");
            assertThat(rows(browser)).hasSize(25).first().asString().startsWith("Listed 11");
            assertThat(browser.page.locator("tbody tr").nth(0).innerText())
                    .contains("Endpoint problem", "JWKS malformed", "Integration", "Public keys", "Since");
            browser.follow("Next page of endpoints");
            assertThat(rows(browser)).containsExactly("Listed 32", "Listed 34", "Listed 36");

            browser.page.getByLabel("What").selectOption("certificate");
            browser.press("Filter");
            assertThat(rows(browser)).hasSize(14).startsWith("Listed 10", "Listed 12");
            Api.as("operator")
                    .get("/api/v1/endpoint-troubles?name=LISTED&kind=certificate&limit=10")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(10))
                    .body("items[0].application_name", equalTo("Listed 10"))
                    .body("items[0].certificate_expires_soon", equalTo(true))
                    .body("next_cursor", notNullValue());
            browser.page.getByLabel("What").selectOption("problem");
            browser.press("Filter");
            assertThat(rows(browser)).hasSize(14).startsWith("Listed 11", "Listed 13");
            browser.page.getByLabel("Environment").selectOption("deployment");
            browser.press("Filter").look("no endpoint needs attention");
            assertThat(browser.text()).contains("No endpoint matches");
        }
    }

    /** A team reads its own by the API too, with what is wrong, and its page does not call them well. */
    @Test
    void teamsReadTheirOwnWithTheFault() {
        var registration = registered("own-trouble", "Owntrouble");
        var id = registration.split("/")[4];
        assertThat(sql.execute("update endpoint_health set failing_since = now() - interval '1 day', broken = true,"
                        + " fault = 'jwks-malformed' where registration_id = (select id from registration"
                        + " where application_id = '" + id + "')"))
                .isEqualTo(1);
        for (var reader : List.of(Api.as("viewer"), Api.with(Credentials.token("credential-read")))) {
            reader.get("/api/v1/endpoint-troubles?name=Owntrouble&kind=problem")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(1))
                    .body("items[0].application_id", equalTo(id))
                    .body("items[0].team_id", equalTo(Api.FIRST_TEAM))
                    .body("items[0].code", equalTo("jwks-malformed"));
        }
        for (var stranger : List.of("other-owner", "newcomer")) {
            Api.as(stranger)
                    .get("/api/v1/endpoint-troubles?name=Owntrouble")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(0));
        }
        var page = Persons.get(Persons.browser("owner"), "/teams/" + Api.FIRST_TEAM + "?name=Owntrouble");
        assertThat(page.body()).contains("Registered, endpoint problem");
    }

    @Test
    void cutOffAddressesLeadNowhere() {
        var operator = Persons.browser("operator");
        for (var cursor : List.of("x", "AAAA", "MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAwMHg")) {
            assertThat(Persons.get(operator, "/review/endpoints?cursor=" + cursor)
                            .statusCode())
                    .as(cursor)
                    .isEqualTo(404);
            Api.as("operator")
                    .get("/api/v1/endpoint-troubles?cursor=" + cursor)
                    .then()
                    .statusCode(400);
        }
        assertThat(Persons.get(operator, "/review/endpoints?kind=unknown&environment=unknown")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Persons.get(Persons.browser("owner"), "/review/endpoints").statusCode())
                .isEqualTo(403);
    }

    private static List<String> rows(Browser browser) {
        return browser.page.locator("tbody th").allInnerTexts();
    }

    private static void check(String registration) {
        Api.as("admin").post(registration + "/checks", "").then().statusCode(200);
    }

    private static String registered(String name, String application) {
        LaboratoryInternet.publish(name, SOUND);
        var registration = Api.newApplication(application) + "/registrations/integration";
        Api.as("owner")
                .put(
                        registration,
                        Map.of(
                                "redirect_uris",
                                List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method",
                                "private_key_jwt",
                                "jwks_uri",
                                "https://" + name + ".laboratory.co.uk/jwks"),
                        "If-None-Match: *")
                .then()
                .statusCode(201);
        return registration;
    }

    private static String pages(String registration) {
        return registration.replace("/api/v1", "");
    }

    private static String application(String registration) {
        return pages(registration).replace("/registrations/integration", "");
    }
}

package dev.connectionmanager.api.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sessions of a person on the pages, as a program of theirs sees and ends them. */
@PortalTest
class OwnSessionsApiTest {
    private static final String SESSIONS = "/api/v1/me/sessions";

    @Test
    void aPersonSeesAndEndsOneOfTheirSessions() {
        var stays = Persons.withoutRedirects("viewer");
        var kept = newest();
        var ends = Persons.withoutRedirects("viewer");
        var ended = newest();
        assertThat(ended).isNotEqualTo(kept);
        var one = Api.as("viewer")
                .get(SESSIONS)
                .<List<java.util.Map<String, String>>>path("items")
                .get(0);
        assertThat(Duration.between(Instant.parse(one.get("began_at")), Instant.parse(one.get("expires_at"))))
                .isEqualTo(Duration.ofHours(12));
        Api.as("admin").get(SESSIONS).then().statusCode(200).body("items.id", not(hasItem(ended)));
        Api.as("admin").delete(SESSIONS + "/" + ended, "").then().statusCode(404);
        Api.as("viewer").delete(SESSIONS + "/" + ended, "").then().statusCode(204);
        Api.as("viewer").delete(SESSIONS + "/" + ended, "").then().statusCode(404);
        assertThat(opens(ends)).isFalse();
        assertThat(opens(stays)).isTrue();
        Api.as("operator")
                .get("/api/v1/audit-events?act=logged-out&person=local-viewer&from="
                        + Instant.now().minusSeconds(60))
                .then()
                .body("items.object", hasItem("session"));
    }

    @Test
    void aPersonLogsOutEverywhere() {
        var here = Persons.withoutRedirects("newcomer");
        var there = Persons.withoutRedirects("newcomer");
        var others = Persons.withoutRedirects("viewer");
        assertThat(opens(here)).isTrue();
        Api.as("newcomer").delete(SESSIONS, "").then().statusCode(204);
        Api.as("newcomer").get(SESSIONS).then().statusCode(200).body("items.size()", equalTo(0));
        assertThat(opens(here)).isFalse();
        assertThat(opens(there)).isFalse();
        assertThat(opens(others)).isTrue();
        Api.as("newcomer").delete(SESSIONS, "").then().statusCode(204);
    }

    @Test
    void aCredentialHasNone() {
        Api.with(Credentials.token("credential-write"))
                .get(SESSIONS)
                .then()
                .statusCode(403)
                .body("code", equalTo("person-needed"));
    }

    private static String newest() {
        return Api.as("viewer").get(SESSIONS).then().statusCode(200).extract().path("items[0].id");
    }

    private static boolean opens(HttpClient browser) {
        return Persons.get(browser, "/teams").statusCode() == 200;
    }
}

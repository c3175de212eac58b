package dev.connectionmanager.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request has a number that people can say, and is called by it wherever it is told of. */
@PortalTest
class RequestNumbersTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");

    private String application;

    @BeforeEach
    void makeApplication() {
        application = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of(
                                "name",
                                "Numbered " + System.nanoTime(),
                                "category",
                                "supplier",
                                "application_type",
                                "web"))
                .header("Location");
    }

    private String open() {
        return OWNER.put(application + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .header("Location");
    }

    private static String number(String request) {
        return OWNER.get(request).then().statusCode(200).extract().path("number");
    }

    @Test
    void eachHasANumberOfItsYearThatStays() {
        var request = open();
        var number = number(request);
        assertThat(number).matches("CM-20[0-9]{2}-[0-9]{5,}");
        OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(200).body("number", equalTo(number));
        assertThat(number(open())).isNotEqualTo(number);
    }

    @Test
    void aRequestIsFoundByItsNumberAndListedWithIt() {
        var request = open();
        var number = number(request);
        for (var actor : Stream.of(OWNER, OPERATOR).toList()) {
            actor.get("/api/v1/requests?search=" + number.toLowerCase(Locale.ROOT))
                    .then()
                    .statusCode(200)
                    .body("items.number", contains(number));
        }
        Api.as("other-owner").get("/api/v1/requests?search=" + number).then().body("items.size()", equalTo(0));
    }

    @Test
    void aNumberCannotBeChanged() {
        var request = open();
        OWNER.put(
                        request,
                        Map.of("number", "CM-2020-00001"),
                        "If-Match: " + OWNER.get(request).header("ETag"))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/number"));
        OWNER.get(request).then().body("number", matchesPattern("CM-20[0-9]{2}-[0-9]{5,}"));
    }

    @Test
    void pagesTrailAndMailCallItByItsNumber() {
        var request = open();
        var number = number(request);
        var page = request.replaceFirst(".*/api/v1", "");
        var owner = Persons.browser("owner");
        assertThat(Persons.get(owner, page).body()).contains("<title>Request " + number, ">" + number + "<");
        assertThat(Persons.get(owner, "/teams/" + Api.FIRST_TEAM + "/requests").body())
                .contains(">" + number + "<");
        OPERATOR.post(request + "/comments", Map.of("comment", "Which environment?"))
                .then()
                .statusCode(201);
        assertThat(Persons.get(owner, "/teams/" + Api.FIRST_TEAM + "/activity").body())
                .contains("commented on the request " + number + " for");
        assertThat(Persons.get(owner, "/local/mail").body()).contains("(" + number + ")");
    }

    @Test
    void noTwoHaveTheSame() {
        var numbers = new HashSet<String>();
        for (int i = 0; i < 5; i++) {
            var request = open();
            assertThat(numbers.add(number(request))).isTrue();
            OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(200);
        }
    }
}

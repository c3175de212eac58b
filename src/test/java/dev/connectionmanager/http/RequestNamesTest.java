package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each request is called, and when it was answered. */
@PortalTest
class RequestNamesTest {
    private static final HttpClient NOBODY = HttpClient.newHttpClient();

    @Inject
    Sql sql;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/teams;x",
                "/assets/portal.css",
                "/q/health",
                "/login",
                "/local/openid/jwks",
                "/api/v1/teams",
                "/api/v1/nothing",
                "/api/v1/teams;x",
                "/api/v1/environments?x=%00"
            })
    void everyAnswerHasANameAndADate(String path) {
        var answer = Persons.get(NOBODY, path);
        var name = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(UUID.fromString(name)).hasToString(name);
        assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
        assertThat(Persons.get(NOBODY, path).headers().firstValue("X-Request-Id"))
                .isPresent()
                .isNotEqualTo(name);
        var date = answer.headers().firstValue("Date").orElseThrow();
        assertThat(Duration.between(
                                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                        .toInstant(),
                                Instant.now())
                        .abs())
                .isLessThan(Duration.ofMinutes(1));
        if (path.startsWith("/api")) {
            assertThat(answer.body()).contains("urn:uuid:" + name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "build-42.deploy_7", "0123456789012345678901234567890123456789012345678901234567890123"})
    void theCallersOwnNameIsSentBackBesideOurs(String theirs) {
        var answer = named("/api/v1/environments", theirs);
        assertThat(answer.headers().firstValue("X-Client-Request-Id")).hasValue(theirs);
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent().isNotEqualTo(theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a,b",
                "é",
                "a\tb",
                "<b>",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void whatIsNoNameIsNotSentBack(String theirs) throws IOException {
        try (var raw = RawConnection.open()) {
            assertThat(raw.send(
                                    "GET /api/v1/environments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: "
                                            + theirs + "\r\n\r\n")
                            .answer())
                    .startsWith("HTTP/1.1 401")
                    .containsIgnoringCase("x-request-id: ")
                    .doesNotContainIgnoringCase("x-client-request-id");
        }
    }

    @Test
    void theLogHasBothNames() {
        var told = new CopyOnWriteArrayList<String>();
        var listening = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(((org.jboss.logmanager.ExtLogRecord) line).getFormattedMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var log = Logger.getLogger(RequestNames.class.getName());
        log.addHandler(listening);
        try {
            var theirs = UUID.randomUUID().toString();
            var ours = named("/api/v1/environments", theirs)
                    .headers()
                    .firstValue("X-Request-Id")
                    .orElseThrow();
            assertThat(told).anySatisfy(line -> assertThat(line).contains(ours, theirs, "401"));
        } finally {
            log.removeHandler(listening);
        }
    }

    @Test
    void theTrailHasOurNameAlone() {
        var theirs = UUID.randomUUID().toString();
        var ours = Api.as("owner")
                .request()
                .header("X-Request-Id", theirs)
                .body(Map.of("name", "Named", "category", "supplier", "application_type", "web"))
                .post("/api/v1/teams/" + Api.FIRST_TEAM + "/applications")
                .then()
                .statusCode(201)
                .header("X-Client-Request-Id", theirs)
                .extract()
                .header("X-Request-Id");
        assertThat(sql.number("select count(*) from audit_entry where request_id = '" + ours + "'"))
                .isPositive();
        assertThat(sql.number("select count(*) from audit_entry e where e::text like '%" + theirs + "%'"))
                .isZero();
    }

    private static HttpResponse<String> named(String path, String theirs) {
        return Persons.send(
                NOBODY,
                HttpRequest.newBuilder(URI.create(Persons.address() + path))
                        .header("X-Request-Id", theirs)
                        .build());
    }
}

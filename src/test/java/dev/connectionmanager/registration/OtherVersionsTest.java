package dev.connectionmanager.registration;

import static dev.connectionmanager.json.StoredJsonTest.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two versions of the portal over one database, as while it is replaced: what a later one stored can still be read. */
@PortalTest
class OtherVersionsTest {
    private static final Api OWNER = Api.as("owner");

    @Inject
    DataSource database;

    private final HttpClient browser = Persons.browser("owner");
    private String name;
    private String api;
    private String page;
    private UUID id;

    @BeforeEach
    void makeAnApplication() {
        name = "Ward " + UUID.randomUUID();
        api = Api.newApplication(name);
        page = api.replace("/api/v1", "");
        id = UUID.fromString(api.substring(api.lastIndexOf('/') + 1));
    }

    @Test
    void draftsAreStoredByTheNamesOfTheStandards() {
        startDraft();
        assertThat(stored("select candidate from draft where application_id = ?"))
                .isEqualTo("{\"client_name\":\"Kept \\u0000 name\"}");
    }

    @Test
    void draftsOfALaterVersionAreRead() {
        startDraft();
        change(
                "update draft set candidate = ?, reports = ? where application_id = ?",
                sample("candidate-newer"),
                "[" + sample("report-newer") + "]");
        assertThat(Persons.get(browser, "/teams/" + Api.FIRST_TEAM).statusCode())
                .isEqualTo(200);
        assertThat(Persons.get(browser, page).statusCode()).isEqualTo(200);
        assertThat(Persons.get(browser, page + "/registrations/integration/draft/check")
                        .body())
                .contains("https://keys.supplier.co.uk/jwks", "Ward Round’s");
        assertThat(fill("logout", "backchannel_logout_uri", "").statusCode()).isEqualTo(200);
        assertThat(stored("select candidate from draft where application_id = ?"))
                .contains("\"jwks_uri\":\"https://keys.supplier.co.uk/jwks\"")
                .doesNotContain("backchannel_logout_uri");
    }

    @Test
    void revisionsOfALaterVersionAreRead() {
        OWNER.put(api + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var metadata = "select metadata %s from revision join registration r on r.id = registration_id"
                + " where application_id = ?";
        assertThat(stored(metadata.formatted("->> 'application_type'"))).isEqualTo("web");
        assertThat(stored(metadata.formatted("->> 'token_endpoint_auth_method'")))
                .isEqualTo("client_secret_basic");
        change(
                "update revision set metadata = ?::jsonb, warnings = ?::jsonb"
                        + " where registration_id = (select id from registration where application_id = ?)",
                sample("metadata-newer"),
                sample("warnings-newer"));
        OWNER.get(api + "/registrations/integration")
                .then()
                .statusCode(200)
                .body("jwks_uri", equalTo("https://keys.supplier.co.uk/jwks"));
        OWNER.get(api + "/registrations/integration/warnings")
                .then()
                .body("items.code", equalTo(List.of("client-name-impersonates", "redirect-uri-trailing-slash")));
        assertThat(Persons.get(browser, page + "/registrations/integration").body())
                .contains("https://app.supplier.co.uk/logout");
    }

    @Test
    void requestsOfALaterVersionAreRead() {
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("client_name", "Client \0 of " + name);
        var request = OWNER.put(api + "/registrations/production", metadata, "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        assertThat(stored("select client_name from production_request where application_id = ?"))
                .isEqualTo("Client   of " + name);
        assertThat(stored("select hosts::text from production_request where application_id = ?"))
                .isEqualTo("{app.supplier.co.uk}");
        change(
                "update production_request set candidate = ?, compared = ?, compared_with = 'integration', reports = ?"
                        + " where application_id = ?",
                sample("candidate-newer"),
                sample("candidate-newer"),
                "[" + sample("report-newer") + "]");
        OWNER.get(request)
                .then()
                .statusCode(200)
                .body("metadata.jwks_uri", equalTo("https://keys.supplier.co.uk/jwks"));
        assertThat(Persons.get(browser, request.replace("/api/v1", "")).body())
                .contains("https://app.supplier.co.uk/logout");
        assertThat(Persons.get(Persons.browser("operator"), request.replace("/api/v1", "/review"))
                        .statusCode())
                .isEqualTo(200);
    }

    private void startDraft() {
        Persons.post(browser, page + "/registrations/integration/draft");
        fill("client-name", "client_name", "Kept \0 name");
    }

    private HttpResponse<String> fill(String step, String... fields) {
        return Persons.post(browser, page + "/registrations/integration/draft/" + step, fields);
    }

    private String stored(String query) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setObject(1, id);
            var rows = statement.executeQuery();
            assertThat(rows.next()).as(query).isTrue();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String update, String... texts) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(update)) {
            for (int i = 0; i < texts.length; i++) {
                statement.setString(i + 1, texts[i]);
            }
            statement.setObject(texts.length + 1, id);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

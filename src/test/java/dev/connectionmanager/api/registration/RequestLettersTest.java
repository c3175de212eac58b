package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.wording.Links;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told what at each hand-over of a request, and that no letter holds a secret. */
@PortalTest
class RequestLettersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");
    private static final String OPERATORS = "operators@local.example";
    private static final String CONTACT = "on-call@supplier.example";

    @Inject
    AgroalDataSource database;

    private String name;
    private String production;

    @BeforeEach
    void makeAnApplicationWithAContact() {
        // Whoever has logged in gets letters; so that all of them have.
        List.of("owner", "admin", "viewer").forEach(user -> Api.as(user).get("/api/v1/teams"));
        name = "Letters " + System.nanoTime();
        var application = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of(
                                "name",
                                name,
                                "category",
                                "supplier",
                                "application_type",
                                "web",
                                "contacts",
                                List.of(CONTACT)))
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        production = application + "/registrations/production";
    }

    private String draft() {
        var request = OWNER.put(production, Api.metadata(), "If-None-Match: *").header("Location");
        OWNER.put(
                        request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(request).header("ETag"))
                .then()
                .statusCode(200);
        return request;
    }

    private static void decide(String request, String outcome) {
        OPERATOR.request()
                .header("If-Match", OWNER.get(request).header("ETag"))
                .body(Map.of(
                        "outcome", outcome, "comment", "Because.", "fields", List.of("redirect_uris", "client_name")))
                .post(request + "/decision")
                .then()
                .statusCode(200);
    }

    /** Code, recipient and address of all letters about this application, oldest first, each once. */
    private List<String> letters() throws SQLException, JsonProcessingException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select code, recipient, page, arguments from mail"
                        + " where arguments::text like ? order by created_at, recipient")) {
            query.setString(1, "%" + name + "%");
            var letters = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    Map<String, String> arguments = JSON.readValue(rows.getString(4), new TypeReference<>() {});
                    var path = Links.path(new Letter(rows.getString(1), null, arguments, rows.getString(3)));
                    letters.add(rows.getString(1) + " to " + rows.getString(2) + " "
                            + path.replaceAll("[0-9a-f-]{36}", "…"));
                }
            }
            return letters;
        }
    }

    private static List<String> toTeam(String code, String path) {
        return List.of(
                code + " to admin@local.example " + path,
                code + " to " + CONTACT + " " + path,
                code + " to owner@local.example " + path);
    }

    @Test
    void tellsBothSidesAtEachHandOver() throws Exception {
        var request = draft();
        assertThat(letters()).isEmpty();
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        assertThat(letters())
                .containsAll(toTeam("request-submitted", "/requests/…"))
                .contains("request-submitted to " + OPERATORS + " /review/requests/…")
                .hasSize(4);
        OPERATOR.post(request + "/comments", Map.of("comment", "Which trust?"))
                .then()
                .statusCode(201);
        assertThat(letters())
                .containsAll(toTeam("request-comment", "/requests/…"))
                .hasSize(7);
        OWNER.post(request + "/comments", Map.of("comment", "All of them."))
                .then()
                .statusCode(201);
        assertThat(letters())
                .contains("request-comment to " + OPERATORS + " /review/requests/…")
                .hasSize(8);
        OPERATOR.post(request + "/notes", Map.of("note", "Ask again.")).then().statusCode(201);
        assertThat(letters()).hasSize(8);
        decide(request, "request-changes");
        assertThat(letters())
                .containsAll(toTeam("request-changes-requested", "/requests/…"))
                .hasSize(11);
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        decide(request, "approve");
        assertThat(letters())
                .containsAll(toTeam("request-approved", "/requests/…"))
                .hasSize(18);

        String secret = OWNER.post(production + "/secret-collection", Map.of()).path("client_secret");
        assertThat(letters())
                .containsAll(toTeam("secret-collected", "/applications/…/registrations/production"))
                .contains("secret-collected to " + OPERATORS + " /applications/…/registrations/production");
        String second = OWNER.post(production + "/secrets", Map.of()).path("client_secret");
        assertThat(letters()).contains("secret-rotated to " + OPERATORS + " /applications/…/registrations/production");
        assertThat(everythingWritten()).doesNotContain(secret, second).contains(name, "\"redirect_uris client_name\"");
    }

    @Test
    void tellsOfWithdrawalAndRejection() throws Exception {
        var seenByNobody = draft();
        OWNER.post(seenByNobody + "/comments", Map.of("comment", "For ourselves."))
                .then()
                .statusCode(201);
        OWNER.post(seenByNobody + "/withdrawal", Map.of()).then().statusCode(200);
        assertThat(letters()).isEmpty();
        var request = draft();
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(200);
        assertThat(letters())
                .containsAll(toTeam("request-withdrawn", "/requests/…"))
                .contains("request-withdrawn to " + OPERATORS + " /review/requests/…");
        var another = draft();
        OWNER.post(another + "/submission", Map.of()).then().statusCode(200);
        decide(another, "reject");
        assertThat(letters()).containsAll(toTeam("request-rejected", "/requests/…"));
    }

    /** All mails and the whole trail, as the database holds them. */
    private String everythingWritten() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select string_agg(t, ' ') from (select m::text as t from mail m"
                        + " union all select e::text from audit_entry e) everything")) {
            rows.next();
            return rows.getString(1);
        }
    }
}

package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PortalTest
class AuditTrailTest {
    @Inject
    EntityManager entities;

    @Test
    void tellsWhoDidWhatInWhichRoleWithBeforeAndAfter() {
        var application = Api.newApplication("Audited");
        var registration = application + "/registrations/integration";
        var admin = Api.as("admin");
        var issued = admin.put(registration, Api.metadata(), "If-None-Match: *");
        var changed = admin.put(
                registration,
                Map.of(
                        "redirect_uris",
                        List.of("https://app.supplier.co.uk/after"),
                        "token_endpoint_auth_method",
                        "client_secret_basic"),
                "If-Match: " + issued.header("ETag"));
        var rotated = admin.post(registration + "/secrets", Map.of());
        admin.delete(rotated.header("Location"), "");
        admin.delete(registration, "If-Match: " + changed.header("ETag"));

        assertThat(acts(issued.path("client_id")))
                .containsExactly(
                        "registration-issued admin Adam Admin",
                        "client-secret-issued admin Adam Admin",
                        "registration-changed admin Adam Admin",
                        "client-secret-rotated admin Adam Admin",
                        "client-secret-revoked admin Adam Admin",
                        "registration-deleted admin Adam Admin");
        assertThat(states("registration-changed", issued.path("client_id")))
                .singleElement()
                .satisfies(state -> assertThat(state)
                        .containsSubsequence(
                                "https://app.supplier.co.uk/callback", "|", "https://app.supplier.co.uk/after"));
    }

    @Test
    void neverHoldsASecret() {
        var registration = Api.newApplication("Secret") + "/registrations/integration";
        var issued = Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .<String>path("client_secret");
        var rotated = Api.as("owner").post(registration + "/secrets", Map.of()).<String>path("client_secret");
        for (var table : List.of("audit_entry", "client_secret", "revision", "registration", "draft", "application")) {
            var rows = String.join("\n", texts("select cast(t as text) from " + table + " t"));
            assertThat(rows).as(table).doesNotContain(issued, rotated);
        }
    }

    @Test
    void aRefusedActLeavesNoTrace() {
        var application = Api.newApplication("Untouched");
        var id = application.substring(application.lastIndexOf('/') + 1);
        Api.as("viewer")
                .patch(application, Map.of("name", "x"), "If-Match: \"0\"")
                .then()
                .statusCode(403);
        Api.as("owner")
                .patch(application, Map.of("name", ""), "If-Match: \"0\"")
                .then()
                .statusCode(422);
        assertThat(texts("select act from audit_entry where object_id = '" + id + "'"))
                .containsExactly("application-created");
    }

    private List<String> acts(String clientId) {
        return texts("select act || ' ' || role || ' ' || actor_name from audit_entry where object_id = "
                + registrationOf(clientId) + " order by at, act desc");
    }

    private List<String> states(String act, String clientId) {
        return texts("select before || '|' || after from audit_entry where act = '" + act + "' and object_id = "
                + registrationOf(clientId));
    }

    private static String registrationOf(String clientId) {
        return "(select cast(id as text) from registration where client_id = '" + clientId + "')";
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String query) {
        return entities.createNativeQuery(query, String.class).getResultList();
    }
}

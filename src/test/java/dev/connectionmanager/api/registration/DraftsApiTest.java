package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people have begun to fill in on the pages, as a program reads and discards it. */
@PortalTest
class DraftsApiTest {
    @Test
    void aProgramReadsWhatAPersonHasBegunAndDiscardsIt() {
        var application = Api.newApplication("Begun");
        var page = application.replace("/api/v1", "") + "/registrations/integration/draft";
        var program = Api.with(Credentials.token("credential-write"));
        program.get(application + "/drafts").then().statusCode(200).body("items.size()", equalTo(0));
        program.get(application + "/registrations/integration/draft").then().statusCode(404);
        var admin = Persons.browser("admin");
        Persons.post(admin, page);
        Persons.post(admin, page + "/client-name", "client_name", "Begun by hand", "draft", draft(application));
        for (var found : List.of("items[0].", "")) {
            program.get(application + (found.isEmpty() ? "/registrations/integration/draft" : "/drafts"))
                    .then()
                    .statusCode(200)
                    .body(found + "environment", equalTo("integration"))
                    .body(found + "metadata.client_name", equalTo("Begun by hand"))
                    .body(found + "metadata.redirect_uris", nullValue())
                    .body(found + "changes_registration", equalTo(false))
                    .body(found + "updated_by", equalTo("Adam Admin"));
        }
        program.delete(application + "/registrations/integration/draft", "")
                .then()
                .statusCode(204);
        program.delete(application + "/registrations/integration/draft", "")
                .then()
                .statusCode(404);
        Api.as("viewer")
                .get("/api/v1/audit-events?act=draft-discarded&team=" + Api.FIRST_TEAM + "&person=API")
                .then()
                .body("items[-1].about.application", equalTo("Begun"));
    }

    private static String draft(String application) {
        return Api.as("admin").get(application + "/drafts").path("items[0].id");
    }

    @Test
    void aDraftSaysThatItChangesARegistration() {
        var application = Api.newApplication("Changed by hand");
        Api.as("owner")
                .put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        Persons.post(Persons.browser("owner"), application.replace("/api/v1", "") + "/registrations/integration/draft");
        var draft = Api.as("owner").get(application + "/registrations/integration/draft");
        assertThat(draft.<Boolean>path("changes_registration")).isTrue();
        assertThat(draft.<String>path("metadata.token_endpoint_auth_method")).isEqualTo("client_secret_basic");
        assertThat(UUID.fromString(draft.path("id"))).isNotNull();
        Api.as("viewer").get(application + "/drafts").then().statusCode(403);
        Api.as("other-owner").get(application + "/drafts").then().statusCode(404);
    }
}

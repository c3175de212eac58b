package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes along with a value from the clipboard is taken off by pages; programs are told of it. */
@PortalTest
class PastedFormsTest {
    @Test
    void pagesTakeOffWhatWasPastedAlong() {
        var person = Persons.withoutRedirects("owner");
        var made = Persons.post(
                person,
                "/teams/" + Api.FIRST_TEAM + "/applications/new",
                "name",
                "\u00a0Pasted\u200b ",
                "description",
                "\r\nOne\r\n\r\nTwo\r\n",
                "category",
                "supplier",
                "application_type",
                "web",
                "contacts",
                "a@supplier.co.uk \r\n\r\n\u00a0b@supplier.co.uk\ufeff");
        assertThat(made.statusCode()).isEqualTo(303);
        var application = made.headers().firstValue("Location").orElseThrow().replaceFirst("\\?.*", "");
        Api.as("owner")
                .get("/api/v1" + application)
                .then()
                .body("name", equalTo("Pasted"))
                .body("description", equalTo("One\n\nTwo"))
                .body("contacts", contains("a@supplier.co.uk", "b@supplier.co.uk"));

        var draft = application + "/registrations/integration/draft";
        Persons.post(person, draft);
        Persons.post(
                person,
                draft + "/redirect-uris",
                "redirect_uris",
                " https://app.supplier.co.uk/one\u00a0",
                "redirect_uris",
                " \u200b",
                "redirect_uris",
                "\ufeffhttps://app.supplier.co.uk/two\r\n");
        assertThat(Persons.get(person, draft + "/redirect-uris").body())
                .contains("\nhttps://app.supplier.co.uk/one\nhttps://app.supplier.co.uk/two</textarea>");
    }

    @Test
    void programsAreToldOfIt() {
        Api.as("owner")
                .put(
                        Api.newApplication("Strict") + "/registrations/integration",
                        Map.of(
                                "redirect_uris",
                                List.of("https://app.supplier.co.uk/one\u00a0"),
                                "token_endpoint_auth_method",
                                "client_secret_basic"),
                        "If-None-Match: *")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/redirect_uris/0"));
    }
}

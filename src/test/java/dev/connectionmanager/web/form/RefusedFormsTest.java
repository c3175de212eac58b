package dev.connectionmanager.web.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.session.RefusedForms;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that are refused: what was typed, and why, is read on their page, which is a page like any other. */
@PortalTest
class RefusedFormsTest {
    private static final String TEAM = "/teams/" + Api.FIRST_TEAM;
    private static final String NEW_APPLICATION = TEAM + "/applications/new";

    @Inject
    Sql database;

    @Inject
    RefusedForms forms;

    private final String text = "Text " + UUID.randomUUID();

    @Test
    void isAnsweredWithTheAddressOfItsPage() {
        var owner = Persons.withoutRedirects("owner");
        var answer = send(owner, text);
        assertThat(answer.statusCode()).isEqualTo(303);
        var address = answer.headers().firstValue("Location").orElseThrow();
        assertThat(address).matches("\\Q" + NEW_APPLICATION + "\\E\\?refused=[0-9a-f-]{36}");
        for (int i = 0; i < 2; i++) {
            var page = Persons.get(owner, address);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(text, "<title>Error: Add an application", "data-code=\"application-name-invalid\"");
        }
        assertThat(Persons.get(owner, NEW_APPLICATION).body()).doesNotContain(text, "There is a problem");
    }

    @Test
    void ofTwoTabsEachHasItsOwn() {
        var owner = Persons.withoutRedirects("owner");
        var first = address(send(owner, text + " one"));
        var second = address(send(owner, text + " two"));
        assertThat(Persons.get(owner, first).body()).contains(text + " one").doesNotContain(text + " two");
        assertThat(Persons.get(owner, second).body()).contains(text + " two").doesNotContain(text + " one");
    }

    @Test
    void goingBackOrLoadingAgainSendsNothing() {
        try (var owner = Browser.open().logIn("owner")) {
            owner.go(NEW_APPLICATION).fill("Description (optional)", text).press("Add application");
            owner.sees("Add an application");
            assertThat(owner.page.locator(".nhsuk-error-summary").evaluate("e => e === document.activeElement"))
                    .isEqualTo(true);
            var posts = new java.util.concurrent.atomic.AtomicInteger();
            owner.page.onRequest(request -> posts.addAndGet(request.method().equals("POST") ? 1 : 0));
            owner.page.reload();
            assertThat(owner.page.locator("#description").inputValue()).isEqualTo(text);
            owner.fill("Name", "Put right " + text)
                    .choose("National, provided by a supplier")
                    .choose("Web");
            owner.press("Add application");
            owner.sees("Put right " + text);
            assertThat(posts).hasValue(1);
            owner.page.goBack();
            assertThat(owner.heading()).isEqualTo("Add an application");
            assertThat(owner.text()).contains("There is a problem");
            owner.page.reload();
            assertThat(owner.page.locator("#description").inputValue()).isEqualTo(text);
            assertThat(posts).hasValue(1);
        }
    }

    @Test
    void belongsToTheSessionThatSentIt() {
        var address = address(send(Persons.withoutRedirects("owner"), text));
        for (var other : List.of("owner", "admin", "operator")) {
            var page = Persons.get(Persons.browser(other), address);
            assertThat(page.body()).doesNotContain(text, "There is a problem");
        }
        assertThat(Persons.get(Persons.browser("owner"), address).body())
                .contains("What you typed is not kept any more.");
        assertThat(Persons.get(Persons.withoutRedirects("owner"), NEW_APPLICATION + "?refused=no-key")
                        .body())
                .contains("What you typed is not kept any more.");
    }

    @Test
    void goesWithItsSession() {
        var owner = Persons.withoutRedirects("owner");
        var key = key(send(owner, text));
        assertThat(kept(key)).isEqualTo(1);
        Persons.post(owner, "/logout");
        assertThat(kept(key)).isZero();
    }

    @Test
    void isKeptSealedAndForAnHour() {
        var owner = Persons.withoutRedirects("owner");
        var address = address(send(owner, text));
        var key = address.replaceFirst(".*=", "");
        assertThat(database.number("select count(*) from refused_form where position(convert_to('" + text
                        + "', 'UTF8') in content) > 0"))
                .isZero();
        age(key, "59 minutes");
        assertThat(Persons.get(owner, address).body()).contains(text);
        age(key, "61 minutes");
        assertThat(Persons.get(owner, address).body())
                .doesNotContain(text)
                .contains("What you typed is not kept any more.");
        send(owner, "another");
        assertThat(kept(key)).isZero();
    }

    @Test
    void ofOneSessionTheLatestAreKept() {
        var owner = Persons.withoutRedirects("owner");
        var first = key(send(owner, text));
        for (int i = 0; i < 20; i++) {
            assertThat(kept(first)).isEqualTo(1);
            send(owner, text + i);
        }
        assertThat(kept(first)).isZero();
    }

    /** Of a form that other rules would refuse as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPSw\n-----END PRIVATE KEY-----",
                "{\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODw\"}",
                "our key: {\"kty\":\"EC\", \"d\": \"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}",
                "curl -H 'Authorization: Bearer cm_api_abcdefghijklmnopqrstuvwxyz01232LolCm'"
            })
    void aTextInWhichASecretIsFoundIsNotKept(String secret) {
        var owner = Persons.withoutRedirects("owner");
        var answer = Persons.post(
                owner,
                NEW_APPLICATION,
                "description",
                text + secret,
                "contacts",
                text,
                "category",
                "unknown",
                "idempotency_key",
                "the key");
        var page = Persons.get(owner, address(answer));
        assertThat(page.body())
                .contains(text + "</textarea>", "We have not kept it", "There is a problem")
                .doesNotContain(
                        text + secret.substring(0, 5), secret.substring(secret.length() - 15, secret.length() - 3));
        var key = key(answer);
        var session = database.text("select session_id from refused_form where id = '" + key + "'");
        assertThat(forms.find(session, UUID.fromString(key)).orElseThrow())
                .contains("\"description\":[\"\"]", "\"contacts\":[\"" + text, "unknown")
                .doesNotContain(text + secret.substring(0, 5), "the key")
                .doesNotContain(secret.substring(secret.length() - 15, secret.length() - 3));
    }

    @Test
    void aCorrectedFormIsTakenAndWhatWasRefusedStaysRefused() {
        var owner = Persons.browser("owner");
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(Persons.refused(
                            Persons.post(owner, NEW_APPLICATION, "description", text, "idempotency_key", key)))
                    .isTrue();
        }
        var made = Persons.post(
                owner,
                NEW_APPLICATION,
                "name",
                text,
                "category",
                "local",
                "application_type",
                "web",
                "idempotency_key",
                key);
        assertThat(made.uri().getPath()).startsWith("/applications/");
        assertThat(made.body()).contains(text);
    }

    /** The handler of that page asks for nothing that was typed. */
    @Test
    void isToldByTheLayoutWhereThePageDoesNotTellIt() {
        var application = Api.newApplication(text).replace("/api/v1", "");
        var late = Persons.post(Persons.browser("owner"), application + "/deletion", "tag", "\"old\"");
        assertThat(Persons.refused(late)).isTrue();
        assertThat(late.body())
                .contains("<title>Error: ", "There is a problem", "Somebody else has changed this")
                .contains("href=\"#maincontent\"");
    }

    /** Where the page of a form is gone, its error says why the form was refused. */
    @Test
    void isToldWhereItsPageIsGone() {
        var owner = Persons.browser("owner");
        var application = Api.newApplication(text).replace("/api/v1", "");
        var draft = application + "/registrations/integration/draft";
        Persons.post(owner, draft);
        Persons.post(owner, draft + "/discard");
        var late = Persons.post(
                owner, draft + "/registration", "draft", UUID.randomUUID().toString(), "tag", "x");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("registered or discarded");
    }

    /** A key that was copied into another's place opens nothing there. */
    @Test
    void isOfOnePage() {
        var owner = Persons.withoutRedirects("owner");
        var key = key(send(owner, text));
        var page = Persons.get(owner, TEAM + "/members/new?refused=" + key);
        assertThat(page.body()).doesNotContain(text);
    }

    private static HttpResponse<String> send(HttpClient person, String description) {
        return Persons.post(
                person,
                NEW_APPLICATION,
                "description",
                description,
                "idempotency_key",
                UUID.randomUUID().toString());
    }

    private static String address(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String key(HttpResponse<String> answer) {
        return address(answer).replaceFirst(".*refused=", "");
    }

    private long kept(String key) {
        return database.number("select count(*) from refused_form where id = '" + key + "'");
    }

    private void age(String key, String by) {
        database.execute("update refused_form set kept_at = now() - interval '" + by + "' where id = '" + key + "'");
    }
}

package dev.connectionmanager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.AtOnce;
import dev.connectionmanager.Persons;
import dev.connectionmanager.PortalTest;
import dev.connectionmanager.api.Api;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of a team, asked as a browser without scripts asks them. */
@PortalTest
class TeamPagesTest {
    private static final Api OWNER = Api.as("owner");
    private static final String TEAM = "/teams/" + Api.FIRST_TEAM;

    private final HttpClient owner = Persons.browser("owner");
    private String path;
    private String application;
    private String draft;

    @BeforeEach
    void makeApplication() {
        path = Api.newApplication("Ward Round " + UUID.randomUUID());
        application = path.replace("/api/v1", "");
        draft = application + "/registrations/integration/draft";
    }

    private HttpResponse<String> get(String page) {
        return Persons.get(owner, page);
    }

    private HttpResponse<String> post(String page, String... fields) {
        return Persons.post(owner, page, fields);
    }

    /** The value of the first hidden box of this name. */
    private static String hidden(HttpResponse<String> page, String name) {
        var box = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.body());
        assertThat(box.find()).as("a hidden box '%s'", name).isTrue();
        return box.group(1).replace("&quot;", "\"");
    }

    private String request() {
        return OWNER.put(path + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location")
                .replace("/api/v1", "");
    }

    @Test
    void removesTheUriWhoseButtonWasPressedAsItStoodInItsBox() {
        post(draft);
        var confirmation = post(
                draft + "/redirect-uris",
                "redirect_uris",
                "",
                "redirect_uris",
                "https://app.supplier.co.uk/kept",
                "redirect_uris",
                "https://app.supplier.co.uk/typed-just-now",
                "remove",
                "2");
        assertThat(confirmation.body()).contains("Remove this redirect URI?", "typed-just-now");
        post(draft + "/redirect-uris/removal", "uri", "https://app.supplier.co.uk/typed-just-now");
        assertThat(get(draft + "/redirect-uris").body()).contains("/kept").doesNotContain("typed-just-now");
        // Pressed again on a page that is still open, and on one whose address was kept.
        for (var index : List.of("7", "-1", "x")) {
            var again =
                    post(draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/kept", "remove", index);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.uri().getPath()).endsWith("/redirect-uris");
        }
        var gone = get(draft + "/redirect-uris/removal?uri=https%3A%2F%2Fapp.supplier.co.uk%2Ftyped-just-now");
        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(gone.uri().getPath()).endsWith("/redirect-uris");
    }

    @Test
    void aClientThatMovesToASecretLeavesItsKeySetBehind() {
        post(draft);
        post(draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/cb");
        post(draft + "/authentication", "token_endpoint_auth_method", "private_key_jwt");
        post(
                draft + "/keys",
                "jwks_uri",
                "https://keys.laboratory.co.uk/jwks",
                "token_endpoint_auth_signing_alg",
                "RS256");
        assertThat(get(draft + "/check").body()).contains("keys.laboratory.co.uk", "RS256");
        post(draft + "/authentication", "token_endpoint_auth_method", "private_key_jwt");
        assertThat(get(draft + "/check").body()).contains("keys.laboratory.co.uk", "RS256");
        post(draft + "/authentication", "token_endpoint_auth_method", "client_secret_post");
        assertThat(get(draft + "/check").body()).doesNotContain("keys.laboratory.co.uk", "RS256");
        // Typed into the question all the same, it can be taken out there.
        post(draft + "/keys", "jwks_uri", "https://keys.laboratory.co.uk/jwks");
        assertThat(get(draft + "/check").body()).contains("keys.laboratory.co.uk");
        post(draft + "/keys", "jwks_uri", "");
        assertThat(get(draft + "/check").body()).doesNotContain("keys.laboratory.co.uk");
    }

    @Test
    void longTextsOfAnyScriptCanBeSent() {
        var request = request();
        var text = "\u0995\uD83D\uDE80".repeat(2_000);
        assertThat(text.codePointCount(0, text.length())).isEqualTo(4_000);
        assertThat(post(request + "/comments", "comment", text).body()).contains(text);
        assertThat(post(request + "/questions/answers", "note", text).body()).contains(text);
        var tooLong = post(request + "/comments", "comment", text + "x");
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.body()).contains(text + "x");
    }

    @Test
    void whatIsSentTwiceAtOnceIsSaidAndMadeOnce() throws Exception {
        var request = request();
        var form = hidden(get(request), "form_id");
        var answers = AtOnce.all(() -> post(request + "/comments", "comment", "Only once", "form_id", form), 4);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(get(request).body().split("Only once", -1)).hasSize(2);
        // Another form that says the same says it again.
        post(request + "/comments", "comment", "Only once", "form_id", hidden(get(request), "form_id"));
        assertThat(get(request).body().split("Only once", -1)).hasSize(3);

        var name = "Twice " + UUID.randomUUID();
        var make = hidden(get(TEAM + "/applications/new"), "form_id");
        var made = AtOnce.all(
                () -> post(
                        TEAM + "/applications/new",
                        "name",
                        name,
                        "category",
                        "supplier",
                        "application_type",
                        "web",
                        "form_id",
                        make),
                4);
        assertThat(made).allSatisfy(answer -> assertThat(answer.body()).contains(name));
        assertThat(made.stream().map(answer -> answer.uri().getPath()).distinct())
                .hasSize(1);
    }
}

package dev.connectionmanager.web.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Shell;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team proves a key that it publishes: with the lines that the page shows, run in a shell. */
@PortalTest
class KeyProofPagesTest {
    private static final RSAKey KEY = LaboratoryInternet.key(1, "a/key+of=2026");
    private static final RSAKey OTHER = LaboratoryInternet.key(2, "the next one");
    private static final AtomicInteger NAMES = new AtomicInteger();

    @Inject
    DataSource database;

    @TempDir
    Path directory;

    private String name;
    private String registration;

    @BeforeEach
    void register() {
        name = "prove-" + NAMES.incrementAndGet();
        var jwksUri = LaboratoryInternet.publish(name, new JWKSet(List.of(KEY, OTHER)).toString());
        registration = Api.newApplication("Proved") + "/registrations/integration";
        Api.as("owner")
                .put(
                        registration,
                        Map.of(
                                "redirect_uris",
                                List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method",
                                "private_key_jwt",
                                "jwks_uri",
                                jwksUri),
                        "If-None-Match: *")
                .then()
                .statusCode(201);
    }

    @Test
    void saysThatAKeyWorksOnceTheChallengeIsSigned() throws Exception {
        try (var browser = Browser.open().logIn("admin")) {
            browser.go(pages()).follow("Prove your keys").sees("Prove your keys");
            assertThat(browser.text()).contains("a/key+of=2026", "RSA, 2048 bits, RS256", "None yet.");
            browser.press("Get a challenge").sees("Sign this challenge");
            assertThat(browser.text()).contains("key-proof+jwt", Persons.address(), "a/key+of=2026");
            browser.page.locator("summary").click();
            browser.look("sign this challenge in a shell");
            var command = browser.page.locator("#command").textContent();

            browser.fill("Your signed challenge", "a.b").press("Verify").look("challenge with a mistake");
            assertThat(browser.text()).contains("There is a problem", "This is not the answer to the challenge");
            assertThat(browser.page.locator("#key_proof").inputValue()).isEqualTo("a.b");
            browser.fill("Your signed challenge", inShell(command, OTHER)).press("Verify");
            assertThat(browser.text()).contains("None of the keys at the JWKS URI verifies this signature");

            browser.fill("Your signed challenge", inShell(command, KEY))
                    .press("Verify")
                    .sees("Your key works");
            assertThat(browser.text())
                    .contains("a/key+of=2026", KEY.computeThumbprint().toString());
            browser.page.reload();
            assertThat(browser.heading()).isEqualTo("Your key works");
            browser.follow("Go to your keys").look("prove your keys again");
            assertThat(browser.text()).contains("RS256, proven", "by Adam Admin");
        }
        assertThat(numberOf("audit_entry", "act = 'key-proven' and actor_name = 'Adam Admin' and after like '%2026%'"))
                .isEqualTo(1);
    }

    @Test
    void ofManyAnswersAtOnceOneWins() throws Exception {
        var owner = Persons.browser("owner");
        var challenge = challenge("owner");
        var signed = inShell(command(Persons.get(owner, challenge).body()), KEY);
        var posts = Executors.newFixedThreadPool(8);
        var admin = Persons.browser("admin");
        var answers = IntStream.range(0, 8)
                .mapToObj(i -> posts.submit(
                        () -> tooLate(Persons.post(i % 2 == 0 ? owner : admin, challenge, "key_proof", signed))))
                .toList();
        var late = new java.util.ArrayList<Boolean>();
        for (var answer : answers) {
            late.add(answer.get());
        }
        posts.shutdown();
        assertThat(late).containsOnlyOnce(false).hasSize(8);
        assertThat(numberOf("proven_key", "true")).isEqualTo(1);
        assertThat(numberOf("audit_entry", "act = 'key-proven'")).isEqualTo(1);
        var again = Persons.post(owner, challenge, "key_proof", signed);
        assertThat(Persons.refused(again)).isTrue();
        assertThat(again.body()).contains("Your key works");
    }

    @Test
    void anAnswerToAnotherChallengeProvesNothing() throws Exception {
        var owner = Persons.browser("owner");
        var signed = inShell(command(Persons.get(owner, challenge("owner")).body()), KEY);
        var answer = Persons.post(owner, challenge("owner"), "key_proof", signed);
        assertThat(Persons.refused(answer)).isTrue();
        assertThat(answer.body()).contains("‘nonce’ is not that of the challenge");
    }

    @Test
    void verifiesWithTheKeysThatArePublishedNow() throws Exception {
        var owner = Persons.browser("owner");
        var challenge = challenge("owner");
        var signed = inShell(command(Persons.get(owner, challenge).body()), KEY);
        LaboratoryInternet.publish(name, new JWKSet(OTHER).toString());
        var removed = Persons.post(owner, challenge, "key_proof", signed);
        assertThat(Persons.refused(removed)).isTrue();
        assertThat(removed.body()).contains("None of the keys at the JWKS URI");
        LaboratoryInternet.publish(name, "gone");
        var gone = Persons.post(owner, challenge, "key_proof", signed);
        assertThat(Persons.refused(gone)).isTrue();
        assertThat(gone.body()).contains("The key set is not well-formed");
        LaboratoryInternet.publish(name, new JWKSet(KEY).toString());
        assertThat(Persons.post(owner, challenge, "key_proof", signed).statusCode())
                .isEqualTo(200);
    }

    @Test
    void isOverAfterFiveMinutesWithoutAskingTheEndpoint() throws Exception {
        var owner = Persons.browser("owner");
        var challenge = challenge("owner");
        var signed = inShell(command(Persons.get(owner, challenge).body()), KEY);
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update key_challenge set issued_at = issued_at - interval '301 seconds' where id = cast(? as uuid)")) {
            update.setString(1, challenge.substring(challenge.lastIndexOf('/') + 1));
            update.executeUpdate();
        }
        var before = LaboratoryInternet.requestsOf(name);
        var answer = Persons.post(owner, challenge, "key_proof", signed);
        assertThat(Persons.refused(answer)).isTrue();
        assertThat(answer.body()).contains("Ask for a new challenge", "That is over");
        assertThat(LaboratoryInternet.requestsOf(name)).isEqualTo(before);
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(challenge).look("challenge that is over");
            browser.press("Get a new challenge").sees("Prove your keys");
        }
    }

    @Test
    void aPrivateKeyThatIsPastedIsNotSentBack() {
        var owner = Persons.browser("owner");
        var key = KEY.toJSONString();
        var answer = Persons.post(owner, challenge("owner"), "key_proof", key);
        assertThat(Persons.refused(answer)).isTrue();
        assertThat(answer.body())
                .contains("Treat it as leaked")
                .doesNotContain(KEY.getPrivateExponent().toString());
    }

    @Test
    void isForThoseWhoMayChangeTheRegistration() {
        var challenge = challenge("owner");
        var viewer = Persons.browser("viewer");
        assertThat(Persons.get(viewer, challenge).statusCode()).isEqualTo(403);
        assertThat(Persons.post(viewer, challenge, "key_proof", "a.b.c").statusCode())
                .isEqualTo(403);
        assertThat(Persons.get(viewer, pages() + "/key-proofs").body()).doesNotContain("Get a challenge");
        assertThat(Persons.post(viewer, pages() + "/key-proofs", "thumbprint", "x")
                        .statusCode())
                .isEqualTo(403);
        var elsewhere = challenge.replace("integration", "deployment");
        assertThat(Persons.get(Persons.browser("owner"), elsewhere).statusCode())
                .isEqualTo(404);
        var unknown = Persons.post(Persons.browser("owner"), pages() + "/key-proofs", "thumbprint", "x");
        assertThat(Persons.refused(unknown)).isTrue();
        assertThat(unknown.body()).contains("Choose one of the keys that your JWKS URI publishes");
    }

    private String pages() {
        return registration.replace("/api/v1", "");
    }

    /** @return the address of a new challenge for {@link #KEY} */
    private String challenge(String user) {
        try {
            var answer = Persons.post(
                    Persons.browser(user),
                    pages() + "/key-proofs",
                    "thumbprint",
                    KEY.computeThumbprint().toString());
            return answer.uri().getPath();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean tooLate(HttpResponse<String> answer) {
        // Who came too late is told so as well.
        assertThat(answer.body()).contains("Your key works");
        return Persons.refused(answer);
    }

    private static String command(String page) {
        var start = page.indexOf("id=\"command\"");
        return page.substring(page.indexOf('>', start) + 1, page.indexOf("</pre>", start))
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private String inShell(String command, RSAKey key) throws Exception {
        Files.writeString(
                directory.resolve("private-key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(key.toPrivateKey().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        return Shell.run(directory, command);
    }

    private int numberOf(String table, String condition) throws SQLException {
        var column = table.equals("audit_entry") ? "object_id" : "cast(registration_id as text)";
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select count(*) from " + table + " where " + condition + " and " + column
                                + " = (select cast(id as text) from registration where application_id = cast(? as uuid))")) {
            query.setString(1, pages().split("/")[2]);
            var rows = query.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }
}

package dev.connectionmanager.api.registration;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers answer, judged by everything that the portal has, from the socket to the sentence. */
@PortalTest
class LiveValidationTest {
    private static final String JWKS = "Content-Type: application/jwk-set+json\r\n";
    private static final String SOUND = new JWKSet(LaboratoryInternet.KEY).toString();
    private static final String SECRET = new JWKSet(LaboratoryInternet.KEY).toString(false);

    static Stream<Arguments> answers() {
        var other = new JWKSet(LaboratoryInternet.key(1, "other")).toString();
        return Stream.of(
                row("sound", true, List.of(Answers.text("200 OK", JWKS, SOUND))),
                row(
                        "log-in-page",
                        false,
                        List.of(Answers.text("200 OK", "Content-Type: text/html\r\n", "<title>Log in</title>")),
                        "jwks-media-type",
                        "jwks-malformed"),
                row(
                        "plain-text",
                        true,
                        List.of(Answers.text("200 OK", "Content-Type: text/plain\r\n", SOUND)),
                        "jwks-media-type"),
                row(
                        "nodes-differ",
                        true,
                        List.of(Answers.text("200 OK", JWKS, SOUND), Answers.text("200 OK", JWKS, other)),
                        "jwks-differs"),
                row(
                        "leaked",
                        false,
                        List.of(Answers.text("200 OK", JWKS, SECRET)),
                        "jwks-private-key",
                        "jwks-no-usable-key"),
                row("no-content", false, List.of("HTTP/1.1 204 No Content\r\n\r\n"), "response-status"),
                row("refused", false, List.of(Answers.text("403 Forbidden", "", "no")), "response-status"),
                row(
                        "elsewhere",
                        false,
                        List.of(Answers.text("302 Found", "Location: http://169.254.169.254/\r\n", "")),
                        "redirect-not-followed"),
                row("bomb", false, List.of(Answers.text("200 OK", JWKS, "[".repeat(60_000))), "jwks-malformed"),
                row("number", false, List.of(Answers.text("200 OK", JWKS, "9".repeat(50_000))), "jwks-malformed"),
                row("large", false, List.of(Answers.text("200 OK", JWKS, " ".repeat(5 << 20))), "response-too-large"),
                row(
                        "odd-headers",
                        false,
                        List.of(Answers.text("200 OK", "Content-Type: \0\u001b[31m\u00e9\u0085\r\n", "\0")),
                        "jwks-media-type",
                        "jwks-malformed"));
    }

    private static Arguments row(String name, boolean valid, List<String> answers, String... codes) {
        return Arguments.of(name, valid, answers, List.of(codes));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void judgesWhatServersAnswer(String name, boolean valid, List<String> answers, List<String> codes) {
        var uri = LaboratoryInternet.answers("answers-" + name, answers.toArray(String[]::new));
        Api.as("admin")
                .post(
                        "/api/v1/environments/integration/validations?live=true",
                        Map.of(
                                "redirect_uris",
                                List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method",
                                "private_key_jwt",
                                "jwks_uri",
                                uri))
                .then()
                .statusCode(200)
                .body("valid", equalTo(valid))
                .body("live_checks", contains("jwks_uri"))
                .body("errors.code", codes.isEmpty() ? equalTo(List.of()) : contains(codes.toArray()))
                .body(not(containsString(
                        LaboratoryInternet.KEY.getPrivateExponent().toString())));
    }
}

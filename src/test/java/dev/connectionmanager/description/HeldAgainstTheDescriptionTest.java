package dev.connectionmanager.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every test that asks the API does so by {@code testing/Api} or {@code testing/Persons}, which hold each answer against
 * the description. Whoever speaks HTTP in a way of its own says here why, or hands its answers to {@code testing/Described}.
 */
class HeldAgainstTheDescriptionTest {
    private static final Path TESTS = Path.of("src/test/java/dev/connectionmanager");
    /** What is not part of the suite. */
    private static final List<String> ELSEWHERE = List.of("bench", "clients", "fuzz");

    private static final Pattern OWN_HTTP = Pattern.compile(
            "(?<!\\w)(?<!Api\\.)given\\(\\)|new Socket\\("
                    + "|RawConnection\\.open|Packed\\.send|\\.send\\(\\s*[\\w.()\"/]+,\\s*BodyHandlers|\\.sendAsync\\(|\\.send(Async)?\\(\\s*request");

    private static final String BYTES = "writes bytes that no client would: what is refused there is no operation’s";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("testing/Api.java", "is what the others ask by"),
            Map.entry("http/SecurityHeadersTest.java", BYTES),
            Map.entry("http/RequestArrivalsTest.java", BYTES),
            Map.entry("http/UnreadableRequestsTest.java", BYTES),
            Map.entry("http/RequestNamesTest.java", BYTES),
            Map.entry("http/RateLimitsTest.java", "leaves requests unfinished on connections of its own"),
            Map.entry("http/CompressionTest.java", "reads packed bytes; what is in them, others read"),
            Map.entry("http/HangingEndpointsTest.java", "asks many times at once, and hands the answers to Described"),
            Map.entry("web/account/KeycloakIT.java", "asks the packaged portal, in a profile of its own"),
            Map.entry("description/HeldAgainstTheDescriptionTest.java", "shows examples"),
            Map.entry("mock/OwnHostTest.java", "asks a host that is not the API’s"),
            Map.entry("SecretScanTest.java", "reads as a program that knows no description: only secrets matter"));

    @Test
    void noTestOfTheApiGoesRoundTheDescription() throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(TESTS)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ELSEWHERE.contains(
                            TESTS.relativize(file).getName(0).toString()))
                    .filter(file -> goesItsOwnWay(read(file)))
                    .forEach(file -> found.add(TESTS.relativize(file).toString()));
        }
        assertThat(found).isNotEmpty().isSubsetOf(REASONS.keySet());
    }

    @Test
    void seesThoseThatDo() {
        assertThat(goesItsOwnWay("given().get(\"/api/v1/teams\")")).isTrue();
        assertThat(goesItsOwnWay("io.restassured.RestAssured.given().get(\"/api/v1/teams\")"))
                .isTrue();
        assertThat(goesItsOwnWay("client.send(to(\"/api/v1/teams\"), BodyHandlers.ofString())"))
                .isTrue();
        assertThat(goesItsOwnWay("Api.bare().get(\"/api/v1/teams\")")).isFalse();
        assertThat(goesItsOwnWay("given().get(\"/local/openid/jwks\")")).isFalse();
    }

    private static boolean goesItsOwnWay(String source) {
        return (source.contains("/api/v1") || source.contains("(\"/api/"))
                && OWN_HTTP.matcher(source).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

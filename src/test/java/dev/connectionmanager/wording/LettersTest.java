package dev.connectionmanager.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.LetterWriter.Written;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every letter has its words, and what people typed stays text in them. */
class LettersTest {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.letters", Locale.ROOT);
    private static final List<String> PARTS = List.of("subject", "what", "next");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)(:[a-z]+)?}");
    private static final Pattern POSTED = Pattern.compile("new\\s+Letter\\(\\s*\"([^\"]+)\"");

    private final Letters letters = new Letters("https://portal.example", html());

    private static Template html() {
        try {
            return Engine.builder()
                    .addDefaults()
                    .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                    .build()
                    .parse(
                            Files.readString(Path.of("src/main/resources/templates/letters/letter.html")),
                            Variant.forContentType(Variant.TEXT_HTML));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Set<String> codes() {
        return SENTENCES.keySet().stream()
                .map(key -> key.substring(0, key.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyCodeInTheProductHasItsSentences() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var posted = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(LettersTest::posted)
                    .toList();
            assertThat(codes())
                    .as("a letter needs <code>.subject, .what and .next in wording/letters.properties")
                    .containsAll(posted);
        }
    }

    private static Stream<String> posted(Path file) {
        try {
            return POSTED.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void saysEveryLetterInFull(String code) {
        var written = written(code, name -> "the " + name);
        assertThat(written.subject()).hasSizeBetween(10, 150).doesNotContain("{", "\n");
        assertThat(written.text())
                .contains("What happens next", "https://portal.example/applications/here")
                .doesNotContain("{");
        assertThat(written.html()).contains("<h1>", "href=\"https://portal.example/applications/here\"");
        for (var part : PARTS) {
            assertThat(SENTENCES.getString(code + "." + part)).isNotBlank();
        }
    }

    /** CWE-451: whoever is invited by strangers follows no name that looks like an address or a national service. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Clinic                       | kept",
                "Dr. Smith & Sons Ltd.        | kept",
                "Release 2.4                  | kept",
                "Log in at https://evil.test  | left out",
                "Win at evil.com today        | left out",
                "www.evil.co.uk               | left out",
                "evil。com                     | left out",
                "write to me@evil.org         | left out",
                "198.51.100.7                 | left out",
                "NHS login team               | left out",
                "nhs-app support              | left out"
            })
    void namesNothingInASubjectToStrangersThatPretends(String name, String verdict) {
        for (var code : List.of("invitation", "team-access-given", "application-handover-offered")) {
            var arguments = arguments(code, argument -> name);
            var letter = letter(code, arguments);
            assertThat(letters.write(letter).subject()).as("to members").contains(name);
            arguments.put("to_strangers", "yes");
            var written = letters.write(letter(code, arguments));
            assertThat(written.subject().contains(name)).isEqualTo(verdict.equals("kept"));
            assertThat(written.subject().contains("[name left out]")).isEqualTo(verdict.equals("left out"));
            assertThat(written.text()).contains(name);
        }
    }

    /** A name may hold the joiners that an emoji needs; one that hides something is shown. */
    @ParameterizedTest
    @CsvSource({"\uD83D\uDC69\u200D\u2695\uFE0F ward, \uD83D\uDC69\u200D\u2695\uFE0F ward", "wa\u200Drd, wa[U+200D]rd"})
    void anEmojiStaysWhole(String name, String shown) {
        assertThat(written("team-access-given", argument -> name).subject()).contains(shown);
    }

    @Test
    void aPlaceholderIsTheNameOfAnArgument() {
        for (var key : SENTENCES.keySet()) {
            assertThat(PLACEHOLDER.matcher(SENTENCES.getString(key)).replaceAll(""))
                    .as(key)
                    .doesNotContain("{", "}");
        }
    }

    /** CWE-93: a line break in a subject would begin another header. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: everybody@example.org",
                "x\nContent-Type: text/html",
                "x\r\rBcc: y",
                "x\u2028Bcc: y",
                "x\u0000\u0085\u001b[31mBcc: y",
                "x\u202eBcc"
            })
    void whatIsTypedMakesNoHeader(String typed) {
        for (var code : codes()) {
            assertThat(written(code, name -> typed).subject())
                    .as(code)
                    .matches("[^\\p{Cntrl}\\p{Cf}\\u0085\\u2028\\u2029]*");
        }
    }

    /** CWE-79, in the reader of whoever gets it. */
    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=y>", "'&lt;a href=z"})
    void whatIsTypedMakesNoMarkup(String typed) {
        for (var code : codes()) {
            var written = written(code, name -> typed);
            assertThat(written.html())
                    .as(code)
                    .doesNotContain("<script", "<img", "'&lt;")
                    .satisfies(html -> assertThat(html.split("<a ", -1)).hasSize(2));
            if (PLACEHOLDER.matcher(SENTENCES.getString(code + ".what")).find()) {
                assertThat(written.text()).as(code).contains(typed);
            }
        }
    }

    @Test
    void whatIsTypedIsReadOnce() {
        var written = letters.write(letter(
                "request-comment",
                Map.of("application", "{comment}", "environment", "Production", "by", "$1 \\", "comment", "{by}")));
        assertThat(written.subject()).endsWith("of {comment}");
        assertThat(written.text()).startsWith("$1 \\ writes: {by}");
    }

    @Test
    void linesOfACommentStayLines() {
        var written = letters.write(letter(
                "request-comment",
                Map.of("application", "a", "environment", "Production", "by", "Ann", "comment", "one\r\ntwo\u0007")));
        assertThat(written.text()).contains("one\ntwo[U+0007]");
        assertThat(written.html()).contains("one<br>\ntwo[U+0007]");
    }

    @Test
    void veryLongTextIsCut() {
        var written = letters.write(letter(
                "request-comment",
                Map.of(
                        "application",
                        "a".repeat(10_000),
                        "environment",
                        "Production",
                        "by",
                        "b",
                        "comment",
                        "\ud83d\ude00".repeat(100_000))));
        assertThat(written.subject()).hasSizeLessThan(160).endsWith("…");
        assertThat(written.text()).hasSizeLessThan(11_000).contains("\ud83d\ude00…");
    }

    @Test
    void codesAreSaidInWords() {
        assertThat(written("request-changes-requested", name -> "the " + name).text())
                .contains("To be changed: Redirect URIs, JWKS URI.\nthe comment");
        var broken = written("endpoint-broken", name -> "the " + name);
        assertThat(broken.text())
                .contains("Public DNS gives no address for <b>.example.", "\nNo secure connection could be made: x.")
                .doesNotContain("dns-failed");
        assertThat(broken.html()).contains("&lt;b&gt;.example").doesNotContain("<b>");
    }

    @Test
    void daysAreWritten() {
        assertThat(written("client-deleted", name -> "x").text()).contains("until 24 December 2026,");
    }

    @Test
    void refusesWhatItCannotSay() {
        assertThatThrownBy(() -> letters.write(letter("unheard-of", Map.of())))
                .hasMessage("letters.properties has no unheard-of.subject");
        assertThatThrownBy(() ->
                        letters.write(letter("request-comment", Map.of("by", "x", "environment", "z", "comment", "y"))))
                .hasMessage("The letter request-comment needs the argument application");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example",
                "/evil.example",
                "a b",
                "\"x",
                "a\nb",
                "@evil.example",
                "\\evil",
                "..",
                "a/b",
                "a?b",
                "a#b",
                "%2e%2e",
                "a:b"
            })
    void linksLeadIntoThePortalOnly(String id) {
        var arguments = Map.of("by", "Ann", "team", "Ours", "who", "Bob", "team_id", id);
        assertThatThrownBy(() -> letters.write(new Letter("member-left", null, arguments, "team")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The link of the letter member-left needs the argument team_id, an id");
    }

    @Test
    void linksLeadToThePageThatTheLetterNames() {
        var arguments = Map.of("who", "Bob", "team", "Ours", "team_id", "a-1", "client_id", "nhs.a~1");
        assertThat(letters.write(new Letter("member-left", null, arguments, "team"))
                        .text())
                .contains("/teams/a-1\n");
        assertThat(Links.path(new Letter("member-left", null, arguments, "deleted-clients")))
                .isEqualTo("/review/clients?state=deleted&search=nhs.a~1");
        assertThatThrownBy(() -> Links.path(new Letter("member-left", null, arguments, "attic")))
                .hasMessage("links.properties has no attic");
        assertThatThrownBy(() -> Links.path(new Letter("member-left", null, arguments, "request")))
                .hasMessage("The link of the letter member-left needs the argument request_id, an id");
    }

    private Written written(String code, java.util.function.UnaryOperator<String> argument) {
        return letters.write(letter(code, arguments(code, argument)));
    }

    private static Map<String, String> arguments(String code, java.util.function.UnaryOperator<String> argument) {
        var arguments = new HashMap<String, String>();
        for (var part : PARTS) {
            PLACEHOLDER
                    .matcher(SENTENCES.getString(code + "." + part))
                    .results()
                    .forEach(found -> arguments.put(
                            found.group(1),
                            switch (Objects.requireNonNullElse(found.group(2), "")) {
                                case ":date" -> "2026-12-24T23:30:00Z";
                                case ":names" -> "redirect_uris jwks_uri";
                                case ":sentences" ->
                                    "[{\"path\":\"jwks_uri\",\"rule\":\"dns-failed\",\"arguments\":[\"<b>.example\"]},"
                                            + "{\"path\":\"jwks_uri\",\"rule\":\"tls-failed\",\"arguments\":[\"x\"]}]";
                                default -> argument.apply(found.group(1));
                            }));
        }
        return arguments;
    }

    private static Letter letter(String code, Map<String, String> arguments) {
        var all = new HashMap<>(arguments);
        all.put("application_id", "here");
        return new Letter(code, null, all, "application");
    }
}

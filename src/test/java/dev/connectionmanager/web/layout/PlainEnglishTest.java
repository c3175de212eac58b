package dev.connectionmanager.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How hard the pages are to read: the grade of Kincaid and others (1975), over each template's sentences. Terms that the glossary
 * explains count as a short word: there is no shorter one for them.
 */
class PlainEnglishTest {
    private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");
    private static final double HARDEST = 8;
    /** Of fewer words no grade can be told. */
    private static final int FEW = 40;

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z’'-]*");
    private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
    private static final List<String> TERMS = List.of(
            "authentication assurance level",
            "authentication",
            "authenticator",
            "authenticate",
            "back-channel logout",
            "client assertion",
            "client ID",
            "client secret",
            "discovery document",
            "environment",
            "issuer",
            "key set",
            "private key JWT",
            "redirect URI",
            "registration",
            "registered",
            "register",
            "UserInfo",
            "application",
            "OpenID Provider",
            "operator",
            "production",
            "deployment",
            "integration",
            "certificate",
            "credential",
            "algorithm",
            "organisation",
            "conformance",
            "smartcard");

    static Stream<Path> templates() throws IOException {
        try (var files = Files.walk(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyPageCanBeReadAtTheAgeOfThirteen(Path template) {
        var sentences = sentences(text(template));
        assertThat(words(sentences) < FEW ? 0 : grade(sentences))
                .as(String.join(" | ", sentences))
                .isLessThanOrEqualTo(HARDEST);
    }

    @Test
    void hardTextIsFound() {
        assertThat(grade(sentences("Notwithstanding the aforementioned considerations, individuals responsible for the"
                        + " administration of organisational infrastructure are hereby requested to familiarise themselves"
                        + " comprehensively with the documentation accompanying this installation.")))
                .isGreaterThan(HARDEST);
    }

    private static String text(Path template) {
        try {
            var source = Files.readString(template)
                    .replaceAll("(?s)\\{!.*?!}", "")
                    .replaceAll("(?s)<(script|pre|code|svg)\\b.*?</\\1>", "X")
                    .replaceAll("(?s)\\{#title}.*?\\{/title}", "");
            var given = Pattern.compile("(?:hint|legend|label)='([^']*)'")
                    .matcher(source)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.joining(". "));
            return source.replaceAll(
                                    "</(?:p|li|h[1-6]|dt|dd|label|th|td|legend|button|summary|caption|div|option)>",
                                    ". ")
                            .replaceAll("<[^>]+>", " ")
                            .replaceAll("\\{[#/!][^{}]*}", " ")
                            .replaceAll("\\{[^{}]*}", "it")
                            .replaceAll("&[a-z]+;", " ")
                    + ". " + given;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of four words and more: the others are labels. */
    private static List<String> sentences(String text) {
        var plain = text;
        for (var term : TERMS) {
            plain = plain.replaceAll("(?i)\\b" + Pattern.quote(term) + "s?\\b", "term");
        }
        return Stream.of(plain.split("[.!?:;]+(?:\\s|$)"))
                .map(sentence -> sentence.replaceAll("\\s+", " ").strip())
                .filter(sentence -> WORD.matcher(sentence).results().count() >= 4)
                .toList();
    }

    private static long words(List<String> sentences) {
        return sentences.stream()
                .flatMap(sentence -> WORD.matcher(sentence).results())
                .count();
    }

    private static double grade(List<String> sentences) {
        var syllables = sentences.stream()
                .flatMap(sentence -> WORD.matcher(sentence).results())
                .map(MatchResult::group)
                .mapToInt(PlainEnglishTest::syllables)
                .sum();
        return 0.39 * words(sentences) / sentences.size() + 11.8 * syllables / words(sentences) - 15.59;
    }

    /** Groups of vowels, without an e that is not spoken. */
    private static int syllables(String word) {
        var letters = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        var groups = (int) VOWELS.matcher(letters).results().count();
        var mute = letters.matches(".*[^le]e|.*[^td]ed|.*[^szcg]es") && !letters.matches(".*(?:ch|sh)es");
        return Math.max(groups - (mute && groups > 1 ? 1 : 0), 1);
    }
}

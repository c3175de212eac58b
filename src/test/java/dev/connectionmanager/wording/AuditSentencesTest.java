package dev.connectionmanager.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.registration.RegistrationEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every act that the product tells its trail has a sentence, and every sentence an act. */
class AuditSentencesTest {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.acts", Locale.ROOT);
    /** Where a call begins that tells of an act: its act is the first text in kebab case, or both of a choice. */
    private static final Pattern CALL = Pattern.compile("(?:\\baudit|\\btrail\\.write|\\btrace|new AuditEntry)\\(");

    private static final Pattern NAMED = Pattern.compile("\\b(?:act|ACT)[A-Za-z_]* = ([^;]*);");
    private static final Pattern KEBAB = Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\"");
    private static final Pattern CHOICE =
            Pattern.compile("\\?\\s*\"([a-z]+(?:-[a-z]+)+)\"\\s*:\\s*\"([a-z]+(?:-[a-z]+)+)\"");
    /** Kinds of things are in kebab case too. */
    private static final Set<String> OBJECTS = Set.of(
            "api-credential",
            "initial-access-token",
            "team-request",
            "audit-trail",
            "key-set",
            "test-user",
            "test-user-request");
    /** Made of the state that a request went to. */
    private static final Set<String> DECISIONS =
            Set.of("request-approved", "request-rejected", "request-changes-requested");

    @Test
    void everyActInTheProductHasASentence() throws IOException {
        assertThat(SENTENCES.keySet())
                .as("an act needs its sentence in wording/acts.properties")
                .containsAll(audited())
                .containsAll(Stream.of(RegistrationEvent.values())
                        .map(RegistrationEvent::act)
                        .toList())
                .containsAll(DECISIONS);
    }

    @Test
    void everySentenceBelongsToAnActOfTheProduct() throws IOException {
        var texts = new TreeSet<>(DECISIONS);
        for (var source : sources()) {
            KEBAB.matcher(source).results().map(found -> found.group(1)).forEach(texts::add);
        }
        assertThat(texts).containsAll(SENTENCES.keySet());
    }

    @Test
    void sentencesSayWhoAndEndWithoutAFullStop() {
        for (var code : SENTENCES.keySet()) {
            assertThat(SENTENCES.getString(code)).as(code).contains("{actor}").doesNotEndWith(".");
        }
    }

    private static Set<String> audited() throws IOException {
        return sources().stream()
                .flatMap(AuditSentencesTest::acts)
                .filter(code -> !OBJECTS.contains(code))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> acts(String source) {
        return Stream.concat(
                CALL.matcher(source).results().flatMap(call -> first(arguments(source, call.end()))),
                NAMED.matcher(source).results().flatMap(named -> first(named.group(1))));
    }

    private static String arguments(String source, int from) {
        var open = 1;
        var end = from;
        while (open > 0) {
            open += source.charAt(end) == '(' ? 1 : source.charAt(end) == ')' ? -1 : 0;
            end++;
        }
        return source.substring(from, end);
    }

    private static Stream<String> first(String code) {
        var choice = CHOICE.matcher(code);
        if (choice.find()) {
            return Stream.of(choice.group(1), choice.group(2));
        }
        return KEBAB.matcher(code).results().limit(1).map((MatchResult found) -> found.group(1));
    }

    private static List<String> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(AuditSentencesTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

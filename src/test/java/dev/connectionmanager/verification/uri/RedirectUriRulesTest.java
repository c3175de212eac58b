package dev.connectionmanager.verification.uri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.wording.RuleSentences;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside the table of inputs, in which each URI is judged. */
class RedirectUriRulesTest {
    @ParameterizedTest
    @CsvSource({
        "https://app.supplier.co.uk/cb, false",
        "HTTPS://app.supplier.co.uk/cb, false",
        "http://app.supplier.co.uk/cb,  false",
        "HTTP://app.supplier.co.uk/cb,  false",
        "http://127.0.0.1/cb,           true",
        "http://[::1]:4000/cb,          true",
        "https://localhost/cb,          true",
        "com.example.app:/cb,           true",
    })
    void knowsWhatLeadsToTheUsersOwnDevice(String uri, boolean onDevice) {
        assertThat(RedirectUriRules.onDevice(uri)).isEqualTo(onDevice);
    }

    private static Stream<String> offered() {
        return RuleExamples.all()
                .filter(example -> example.subject().startsWith("redirect_uri ")
                        || example.subject().endsWith("_uri"))
                .flatMap(example -> Stream.of(
                        example.text(),
                        example.text().toUpperCase(Locale.ROOT),
                        example.text().replace("app.", "b\u00fccher."),
                        "http://B\u00dcCHER.com/cb#f",
                        "https://b\u00fccher.com/a/../%7Ecb#f",
                        "Com.Example.App://b/cb#f",
                        "COM.EXAMPLE.APP:cb"))
                .distinct();
    }

    /** Advice that leads to the next refusal is none. */
    @Test
    void offersNoSpellingThatIsRefusedItself() {
        offered().forEach(RedirectUriRulesTest::offersNoSpellingThatIsRefusedItself);
    }

    private static void offersNoSpellingThatIsRefusedItself(String uri) {
        for (var nativeApplication : List.of(true, false)) {
            var found = RedirectUriRules.check("uri", uri, nativeApplication).all();
            offers(found, Rule.REDIRECT_URI_NOT_CANONICAL).forEach(spelling -> {
                assertThat(spelling).isNotEqualTo(uri);
                assertThat(RedirectUriRules.check("uri", spelling, nativeApplication)
                                .block())
                        .as(spelling)
                        .isFalse();
            });
        }
        offers(EndpointUriRules.checkJwksUri("uri", uri).all(), Rule.URI_NOT_CANONICAL)
                .forEach(spelling -> assertThat(
                                EndpointUriRules.checkJwksUri("uri", spelling).block())
                        .as(spelling)
                        .isFalse());
    }

    private static Stream<String> offers(List<Violation> found, Rule rule) {
        return found.stream()
                .filter(violation -> violation.rule() == rule)
                .map(violation -> violation.arguments().get(0));
    }

    /** Nor do examples in sentences. */
    @Test
    void namesNoExampleThatIsRefused() {
        var examples = Pattern.compile("(https?|uk\\.co\\.supplier\\.app):/[A-Za-z0-9./]*[a-z0-9]");
        Stream.of("web", "native")
                .map(type -> RuleSentences.of(Violation.of("uri", Rule.REDIRECT_URI_NOT_ABSOLUTE, type)))
                .flatMap(sentence -> examples.matcher(sentence).results())
                .map(MatchResult::group)
                .forEach(example -> assertThat(
                                RedirectUriRules.check("uri", example, true).block())
                        .as(example)
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "my_scheme.app://callback,  ‘_’",
        "my_scheme.app:callback,    ‘_’",
        "com.ex%61mple:/cb,         ‘%’",
        "1com.example:/cb,          begins with a letter",
        "example-app:/cb,           no dot",
        "msal7f4://auth,            no dot",
        "com.:/cb,                  no dot",
    })
    void saysWhatIsWrongWithAScheme(String uri, String reason) {
        var found = RedirectUriRules.check("uri", uri, true).all();
        assertThat(found).extracting(Violation::rule).containsExactly(Rule.REDIRECT_URI_SCHEME_INVALID);
        assertThat(RuleSentences.of(found.get(0))).contains(reason).contains("uk.co.supplier.app:/callback");
    }
}

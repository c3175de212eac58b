package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.architecture.MainSources;
import dev.connectionmanager.http.SentTextsExamples;
import dev.connectionmanager.keyset.HostedKeyExamples;
import dev.connectionmanager.metadata.LiveCheckExamples;
import dev.connectionmanager.mock.client.MockClientExamples;
import dev.connectionmanager.mock.logout.LogoutTestExamples;
import dev.connectionmanager.mock.test.MockTestExamples;
import dev.connectionmanager.review.RequestExamples;
import dev.connectionmanager.team.TeamExamples;
import dev.connectionmanager.testuser.TestUserExamples;
import dev.connectionmanager.verification.certificate.TlsExamples;
import dev.connectionmanager.verification.key.KeyProofExamples;
import dev.connectionmanager.verification.key.KeySetExamples;
import dev.connectionmanager.verification.uri.ReachExamples;
import dev.connectionmanager.wording.RuleSentences;
import java.util.EnumSet;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule has a sentence and an example that breaks it. */
class RuleCatalogueTest {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.rules", Locale.ROOT);

    /** Rules with an argument that is always a code. */
    private static final Set<Rule> ALWAYS_CODES = EnumSet.of(
            Rule.WRONG_TYPE,
            Rule.SECRET_PASTED,
            Rule.REDIRECT_URI_MALFORMED,
            Rule.URI_MALFORMED,
            Rule.SIGNING_ALG_DOES_NOT_FIT,
            Rule.JWKS_MALFORMED,
            Rule.JWKS_PRIVATE_KEY,
            Rule.JWKS_SYMMETRIC_KEY,
            Rule.JWKS_KEY_INVALID,
            Rule.JWKS_WEAK_KEY,
            Rule.JWKS_UNTIDY,
            Rule.JWKS_KEY_USE,
            Rule.KEY_PROOF_INVALID);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}");
    /** These are broken by size alone; their examples are made by {@code RegistrationRulesTest}. */
    private static final Set<Rule> BY_SIZE =
            EnumSet.of(Rule.MEMBER_TOO_LONG, Rule.REDIRECT_URI_TOO_MANY, Rule.REDIRECT_URI_TOO_LONG, Rule.URI_TOO_LONG);

    private static final Set<Rule> BROKEN = examples().map(Violation::rule).collect(Collectors.toSet());

    private static Stream<Violation> examples() {
        return Stream.of(
                        RuleExamples.all().map(RuleExamples.Example::judge),
                        TlsExamples.all(),
                        ReachExamples.all(),
                        KeySetExamples.all(),
                        KeyProofExamples.all(),
                        LiveCheckExamples.all(),
                        TeamExamples.all(),
                        RequestExamples.all(),
                        SentTextsExamples.all(),
                        HostedKeyExamples.all(),
                        LogoutTestExamples.all(),
                        TestUserExamples.all(),
                        MockClientExamples.all(),
                        MockTestExamples.all())
                .flatMap(some -> some)
                .flatMap(violations -> violations.all().stream());
    }

    @ParameterizedTest
    @EnumSource
    void hasAnExampleThatBreaksIt(Rule rule) {
        assertThat(BROKEN.contains(rule) || BY_SIZE.contains(rule))
                .as(rule.code())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void hasASentence(Rule rule) {
        assertThat(RuleSentences.of(Violation.of("x", rule, "1", "2", "3")))
                .hasSizeGreaterThan(10)
                .doesNotContain("{");
    }

    @Test
    void saysEverySentenceInFull() {
        examples().forEach(violation -> {
            var sentence = RuleSentences.of(violation);
            assertThat(PLACEHOLDER.matcher(sentence).find()).as(sentence).isFalse();
        });
    }

    @Test
    void hasNoSentenceWithoutARule() {
        var codes = Stream.of(Rule.values()).map(Rule::code).collect(Collectors.toSet());
        assertThat(ResourceBundle.getBundle("dev.connectionmanager.wording.rules", Locale.ROOT).keySet().stream()
                        .filter(key -> !key.contains(".")))
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    /** How an argument that is a code is said: {@code rule.place.code}. */
    @Test
    void saysNoPartInVain() {
        var literals = MainSources.literals();
        var parts = SENTENCES.keySet().stream().filter(key -> key.contains(".")).toList();
        assertThat(parts).hasSizeGreaterThan(50).allSatisfy(key -> {
            var part = key.split("\\.", 3);
            if (part[1].equals("or")) {
                // Another sentence in its place.
                assertThat(literals).as(key).contains(".or." + part[2]);
                return;
            }
            assertThat(SENTENCES.getString(part[0])).as(key).contains("{" + part[1] + "}");
            assertThat(literals).as(key).contains(part[2].replaceFirst("^(header|payload)-no-object$", "-no-object"));
        });
    }

    /** An argument that is a code without a line would be shown as the code. */
    @Test
    void saysEveryArgumentThatIsACode() {
        var places = SENTENCES.keySet().stream()
                .filter(key -> key.contains("."))
                .map(key -> key.substring(0, key.lastIndexOf('.')))
                .collect(Collectors.toSet());
        examples().forEach(violation -> {
            for (int i = 0; i < violation.arguments().size(); i++) {
                var place = violation.rule().code() + "." + i;
                if (places.contains(place) && ALWAYS_CODES.contains(violation.rule())) {
                    assertThat(SENTENCES.keySet())
                            .contains(place + "." + violation.arguments().get(i));
                }
            }
        });
    }
}

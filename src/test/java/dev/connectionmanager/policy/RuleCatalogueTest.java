package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.registration.LiveCheckExamples;
import dev.connectionmanager.review.RequestExamples;
import dev.connectionmanager.team.TeamExamples;
import dev.connectionmanager.verification.KeyProofExamples;
import dev.connectionmanager.verification.KeySetExamples;
import dev.connectionmanager.verification.ReachExamples;
import dev.connectionmanager.verification.TlsExamples;
import dev.connectionmanager.wording.Sentences;
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
                        RequestExamples.all())
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
        assertThat(Sentences.of(Violation.of("x", rule, "1", "2", "3")))
                .hasSizeGreaterThan(10)
                .doesNotContain("{");
    }

    @Test
    void saysEverySentenceInFull() {
        examples().forEach(violation -> {
            var sentence = Sentences.of(violation);
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
}

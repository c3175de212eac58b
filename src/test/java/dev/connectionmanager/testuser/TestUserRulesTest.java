package dev.connectionmanager.testuser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.policy.RuleExamples;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestUserRulesTest {
    @ParameterizedTest
    @CsvSource({
        "integration, 555212345678,",
        "integration, 555312345678,",
        "integration, 555412345678, test-user-uuid-unusual",
        "deployment,  555412345678,",
        "integration, 55521234567,  test-user-uuid-invalid",
        "integration, 5552123456789, test-user-uuid-invalid",
        "integration, ５５５２12345678, test-user-uuid-invalid",
        "integration, '555212345678\n', test-user-uuid-invalid"
    })
    void judgesUuids(String environment, String uuid, String code) {
        var found = TestUserRules.check(
                TestUserExamples.GOOD.withEnvironment(environment).withUuid(uuid),
                Optional.of(RuleExamples.INTEGRATION));
        assertThat(found.all())
                .extracting(one -> one.rule().code())
                .isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void theMockHasTestUsersAndCannotBeAskedForNewOnes() {
        var mock = Optional.of(RuleExamples.INTEGRATION.with(other -> other.kind(EnvironmentKind.SELF_SERVICE)));
        var production = Optional.of(RuleExamples.INTEGRATION.with(other -> other.kind(EnvironmentKind.PRODUCTION)));
        assertThat(TestUserRules.check(TestUserExamples.GOOD, mock).block()).isFalse();
        assertThat(TestUserRules.check(TestUserExamples.GOOD, production).block())
                .isTrue();
        assertThat(TestUserRules.check(TestUserRequestCandidate.usual("mock"), mock)
                        .block())
                .isTrue();
        assertThat(TestUserRules.check(
                                TestUserRequestCandidate.usual("integration"), Optional.of(RuleExamples.INTEGRATION))
                        .all())
                .isEmpty();
    }

    @Test
    void somethingServesWhateverIsTested() {
        var answers = List.of(true, false);
        assertThat(Stream.of(2, 3).flatMap(level -> answers.stream()
                        .flatMap(hscn -> answers.stream().flatMap(remote -> answers.stream()
                                .map(several -> new AuthenticatorChoice(level, hscn, remote, several))))))
                .hasSize(16)
                .allSatisfy(choice -> assertThat(choice.serving())
                        .isNotEmpty()
                        .allMatch(one -> one.level() >= choice.level())
                        .allMatch(one -> choice.hscn() || one != Authenticator.SMARTCARD_HSCN));
    }
}

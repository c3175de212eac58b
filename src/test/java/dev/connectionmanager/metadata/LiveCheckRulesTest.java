package dev.connectionmanager.metadata;

import static dev.connectionmanager.metadata.LiveCheckExamples.REGISTERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LiveCheckRulesTest {
    private static final String OTHER = "https://app.supplier.co.uk/other";

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("its own URI", changed("private_key_jwt", "RS256", OTHER), true, false),
                Arguments.of("the method", changed("client_secret_basic", "RS256", REGISTERED.jwksUri()), true, false),
                Arguments.of("the algorithm", changed("private_key_jwt", "RS512", REGISTERED.jwksUri()), true, false),
                Arguments.of(
                        "no algorithm any more", changed("private_key_jwt", null, REGISTERED.jwksUri()), true, false),
                Arguments.of("the other URI", REGISTERED.withBackchannelLogout(OTHER, null), false, true),
                Arguments.of(
                        "the session",
                        REGISTERED.withBackchannelLogout(REGISTERED.backchannelLogoutUri(), true),
                        false,
                        false),
                Arguments.of("the name", REGISTERED.withClientName("Other"), false, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aFaultBlocksOnlyWhatChanges(String what, Candidate after, boolean keysBlock, boolean logoutBlocks) {
        assertThat(LiveCheckRules.check(LiveCheckExamples.failed("jwks_uri"), after, REGISTERED)
                        .block())
                .isEqualTo(keysBlock);
        assertThat(LiveCheckRules.check(LiveCheckExamples.failed("backchannel_logout_uri"), after, REGISTERED)
                        .block())
                .isEqualTo(logoutBlocks);
    }

    @Test
    void everyFaultBlocksAFirstRegistration() {
        var found = LiveCheckRules.check(LiveCheckExamples.failed("jwks_uri"), REGISTERED, Candidate.EMPTY);
        assertThat(found.all()).extracting(Violation::rule).containsExactly(Rule.DNS_FAILED, Rule.JWKS_KID_ABSENT);
    }

    @Test
    void namesTheFaultInTheWarningAndKeepsOtherWarnings() {
        var found = LiveCheckRules.check(LiveCheckExamples.failed("jwks_uri"), REGISTERED, REGISTERED);
        assertThat(found.all())
                .containsExactly(
                        Violation.of(
                                "jwks_uri",
                                Rule.REGISTERED_ENDPOINT_FAILS,
                                "dns-failed",
                                "app.supplier.co.uk",
                                "not-found"),
                        new Violation("jwks_uri", Rule.JWKS_KID_ABSENT, List.of("1")));
    }

    private static Candidate changed(String method, String algorithm, String jwksUri) {
        return REGISTERED.withAuthentication(method, algorithm, jwksUri);
    }
}

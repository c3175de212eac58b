package dev.connectionmanager.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeySetRulesTest {
    static List<KeySetExamples.Example> examples() {
        return KeySetExamples.EXAMPLES;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesExactlyTheCodesOfTheTable(KeySetExamples.Example example) {
        assertThat(example.judge().all()).extracting(v -> v.rule().code()).containsExactlyElementsOf(example.codes());
    }

    @Test
    void neverRepeatsPrivateParts() {
        var set =
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\",\"d\":\"very-private\",\"kid\":\"k\"}]}";
        assertThat(check(set)).extracting(Violation::toString).noneMatch(text -> text.contains("very-private"));
        assertThat(check(set + "{\"d\":\"very-private\""))
                .extracting(Violation::toString)
                .noneMatch(text -> text.contains("very-private"));
    }

    @Test
    void hostileSetsCostLittle() {
        var key = KeySetExamples.rsa("x").replace("\"kid\":\"x\"", "\"kid\":\"%d\"");
        var many = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            many.append(i == 0 ? "" : ",").append(String.format(key, i));
        }
        var began = Instant.now();
        check("{\"keys\":[" + many + "]}");
        check("[".repeat(60_000));
        check("{\"keys\":[],\"n\":" + "9".repeat(60_000) + "}");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    private static List<Violation> check(String set) {
        return KeySetRules.check("jwks_uri", "application/json", set.getBytes(StandardCharsets.UTF_8), List.of("RS256"))
                .all();
    }
}

package dev.connectionmanager.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {
    /** Checksums worked out with another implementation: Python's {@code binascii.crc32}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cm_api_0000000000000000000000000000002C8GjS",
                "cm_api_abcdefghijklmnopqrstuvwxyz01232LolCm",
                "cm_api_ABCDEFGHIJKLMNOPQRSTUVWXYZabcd34KlM6",
                "cm_api_Zero0000000000000000000000074600dYoF"
            })
    void knowsTheChecksumsOfAnotherImplementation(String token) {
        assertThat(ApiToken.wellFormed(token)).isTrue();
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        var token = ApiToken.make(new SecureRandom());
        assertThat(token).matches("cm_api_[0-9A-Za-z]{36}");
        for (int i = ApiToken.PREFIX.length(); i < token.length(); i++) {
            var other = token.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(ApiToken.wellFormed(token.substring(0, i) + other + token.substring(i + 1)))
                    .isFalse();
        }
        assertThat(ApiToken.wellFormed(token + "0")).isFalse();
        assertThat(ApiToken.wellFormed(token.substring(0, token.length() - 1))).isFalse();
        assertThat(ApiToken.wellFormed(token + "\n")).isFalse();
    }

    @Test
    void noTwoAreAlikeAndEveryCharacterIsUsed() {
        var random = new SecureRandom();
        var tokens = Stream.generate(() -> ApiToken.make(random)).limit(2_000).toList();
        assertThat(tokens).doesNotHaveDuplicates().allMatch(ApiToken::wellFormed);
        assertThat(tokens.stream()
                        .flatMapToInt(t -> t.substring(7, 37).chars())
                        .distinct()
                        .count())
                .isEqualTo(62);
    }
}

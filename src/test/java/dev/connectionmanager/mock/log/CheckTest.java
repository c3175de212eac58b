package dev.connectionmanager.mock.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc  | abd   | 3 | sent is ‘c’, registered is ‘d’",
                "abc  | abcd  | 4 | sent is nothing more, registered is ‘d’",
                "abc/ | abc   | 4 | sent is ‘/’, registered is nothing more",
                "x    | y     | 1 | sent is ‘x’, registered is ‘y’",
                "a b  | a%20b | 2 | sent is U+0020, registered is ‘%’"
            })
    void tellsWhereTwoTextsPart(String sent, String registered, int position, String told) {
        var check = Check.differing("redirect_uri", "It", sent, registered);
        assertThat(check.position()).isEqualTo(position);
        assertThat(check.words()).isEqualTo("It differs at character " + position + ": " + told);
    }

    @Test
    void keepsLittleOfWhatCallersSend() {
        var check = Check.differing("redirect_uri", "It", "x".repeat(2_000), "y");
        assertThat(check.sent()).hasSize(500).endsWith("…");
    }

    @Test
    void keepsNoCredentialThatSomebodySends() {
        var key =
                "-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ-----END PRIVATE KEY-----";
        var check = Check.differing("redirect_uri", "It", "https://app.test/?x=" + key, "y");
        assertThat(check.sent()).doesNotContain("MIIE").contains("left out");
    }
}

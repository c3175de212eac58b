package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.NameText.Fault;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ward Round          | ",
                "Caf\u00e9 123       | ",
                "\u0928\u092e\u0938\u094d\u0924\u0947 | ",
                "''                  | BLANK",
                "'   '               | BLANK",
                "'two\nlines'        | CHARACTERS",
                "'a\tb'              | CHARACTERS",
                // Zero width space, direction override, line and paragraph separator, private use, not assigned.
                "a\u200bb            | CHARACTERS",
                "a\u202eb            | CHARACTERS",
                "a\u2028b            | CHARACTERS",
                "a\u2029b            | CHARACTERS",
                "a\ue000b            | CHARACTERS",
                "a\u0378b            | CHARACTERS",
                "a\ud800b            | CHARACTERS",
                // Letters that show nothing: Hangul fillers and the braille blank; their neighbours show something.
                "a\u115fb            | CHARACTERS",
                "a\u1160b            | CHARACTERS",
                "a\u3164b            | CHARACTERS",
                "a\uffa0b            | CHARACTERS",
                "a\u2800b            | CHARACTERS",
                "a\u1161\u3163\u2801b | ",
                // Joiners where an emoji (a family, a flag, a health worker), Persian, Hindi or Sinhala needs them.
                "Home \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 | ",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f care | ",
                "\ud83d\udc69\ud83c\udffd\u200d\u2695\ufe0f | ",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 | ",
                "\u0915\u094d\u200d\u0937 and \u0dc1\u0dca\u200d\u0dbb\u0dd3 | ",
                // Anywhere else they hide a difference.
                "a\u200db            | CHARACTERS",
                "a\u200cb            | CHARACTERS",
                "\u200dab            | CHARACTERS",
                "ab\u200c            | CHARACTERS",
                "\u0645\u200c        | CHARACTERS",
                "a\u200d\ud83d\udc69 | CHARACTERS",
                "\ud83d\udc69\u200d\u200d\ud83d\udc67 | CHARACTERS",
                "\ud83d\udc69\u200d | CHARACTERS",
                "a\udb40\udc67b       | CHARACTERS",
                "\ud83c\udff4\udb40\udc78\udb40\udc7f | CHARACTERS",
                "\u0645\u06cc\u200c\u062e\u202e | CHARACTERS",
            })
    void isOneLineThatPeopleSee(String name, Fault fault) {
        assertThat(NameText.fault(name)).isEqualTo(Optional.ofNullable(fault));
    }

    @Test
    void hasAtMostAHundredCharacters() {
        assertThat(NameText.fault("x".repeat(100))).isEmpty();
        assertThat(NameText.fault("x".repeat(101))).contains(Fault.TOO_LONG);
        assertThat(NameText.fault("\ud83d\ude00".repeat(100))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "NHS login             | nhs login",
                "My NHS-App helper     | nhs app",
                "NHS  CIS2             | nhs cis2",
                "NHSmail reader        | nhsmail",
                "NHS                   | -",
                "Ward login            | -",
                "Trust Spinal Clinic   | -",
            })
    void seesTheNameOfANationalService(String name, String service) {
        assertThat(NameText.nationalService(name)).isEqualTo(Optional.ofNullable(service));
    }

    @Test
    void takesTextOfSeveralLinesUpToItsLength() {
        assertThat(NameText.paragraphs("one\r\n\ttwo", 9)).isTrue();
        assertThat(NameText.paragraphs("one\r\n\ttwo", 8)).isFalse();
        assertThat(NameText.paragraphs("\ud83d\ude00", 1)).isTrue();
        assertThat(NameText.paragraphs("", 0)).isTrue();
        assertThat(NameText.paragraphs("a\u200bb", 9)).isFalse();
        assertThat(NameText.paragraphs("one\n\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", 9))
                .isTrue();
        assertThat(NameText.paragraphs("one\n\u200d\ud83d\udc69", 9)).isFalse();
        assertThat(NameText.paragraphs("a\u0007b", 9)).isFalse();
    }
}

package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.wording.RuleSentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a thing whose tag is {@code "1a2b3c4d-7"}. RFC 9110 section 13.1.1. */
class PreconditionTest {
    private static final String NOW = "\"1a2b3c4d-7\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1a2b3c4d-7\"",
                "  \"1a2b3c4d-7\" ",
                "\"1a2b3c4d-6\", \"1a2b3c4d-7\"",
                "\"1a2b3c4d-7\",\"1a2b3c4d-6\"",
                "\"other,with,commas\" ,\t\"1a2b3c4d-7\"",
                "W/\"1a2b3c4d-7\", \"1a2b3c4d-7\"",
                ", ,\"1a2b3c4d-7\",,",
                "\"\", \"1a2b3c4d-7\""
            })
    void takesAListWithTheTagInIt(String ifMatch) {
        assertThatCode(() -> Precondition.matching(ifMatch).mustMatch(NOW)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                // It has changed only where the tag was its own before, weak or strong, alone or among others.
                "\"1a2b3c4d-6\"|STALE",
                "\"1a2b3c4d-0\"|STALE",
                "W/\"1a2b3c4d-6\"|STALE",
                "\"x\", \"1a2b3c4d-6\"|STALE",
                "W/\"1a2b3c4d-7\"|IF_MATCH_WEAK",
                "\"x\", W/\"1a2b3c4d-7\"|IF_MATCH_WEAK",
                "\"1a2b3c4d-8\"|IF_MATCH_FOREIGN",
                "\"ffffffff-6\"|IF_MATCH_FOREIGN",
                "\"6\"|IF_MATCH_FOREIGN",
                "\"other\"|IF_MATCH_FOREIGN",
                "\"\"|IF_MATCH_FOREIGN",
                "\"1a2b3c4d-99999999999\"|IF_MATCH_FOREIGN",
                "1a2b3c4d-7|IF_MATCH_MALFORMED",
                "\"1a2b3c4d-7|IF_MATCH_MALFORMED",
                "w/\"1a2b3c4d-7\"|IF_MATCH_MALFORMED",
                "W/|IF_MATCH_MALFORMED",
                "\"1a2b3c4d-7\" \"x\"|IF_MATCH_MALFORMED",
                "*, \"1a2b3c4d-7\"|IF_MATCH_MALFORMED",
                "\"a b\"|IF_MATCH_MALFORMED",
                "' '|IF_MATCH_MALFORMED",
                "''|IF_MATCH_MALFORMED"
            })
    void saysWhatIsWrong(String ifMatch, Reason reason) {
        assertThatThrownBy(() -> Precondition.matching(ifMatch).mustMatch(NOW))
                .isInstanceOfSatisfying(Refusal.Stale.class, stale -> {
                    assertThat(stale.reason()).isEqualTo(reason);
                    assertThat(RuleSentences.of(stale).contains("changed since"))
                            .isEqualTo(reason == Reason.STALE);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " * "})
    void needsATag(String ifMatch) {
        assertThatThrownBy(() -> Precondition.matching(ifMatch).mustMatch(NOW))
                .isInstanceOf(Refusal.PreconditionRequired.class);
    }

    @Test
    void saysThatThereIsSomethingOrNothing() {
        assertThatThrownBy(() -> Precondition.absent().mustMatch(NOW))
                .isInstanceOfSatisfying(
                        Refusal.Stale.class, stale -> assertThat(stale.reason()).isEqualTo(Reason.EXISTS_ALREADY));
        assertThatThrownBy(() -> Precondition.matching(NOW).mustExpectNothing())
                .isInstanceOfSatisfying(
                        Refusal.Stale.class, stale -> assertThat(stale.reason()).isEqualTo(Reason.IF_MATCH_NOTHING));
        assertThatCode(() -> Precondition.absent().mustExpectNothing()).doesNotThrowAnyException();
    }
}

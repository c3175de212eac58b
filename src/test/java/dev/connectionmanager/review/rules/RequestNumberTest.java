package dev.connectionmanager.review.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A number is understood however it is said. */
class RequestNumberTest {
    @ParameterizedTest
    @CsvSource({
        "CM-2026-00042, CM-2026-00042",
        "cm-2026-42, CM-2026-00042",
        "' CM 2026 00042 ', CM-2026-00042",
        "CM–2026–00042, CM-2026-00042",
        "CM-2026-123456, CM-2026-123456"
    })
    void readsWhatPeopleSay(String said, String number) {
        assertThat(RequestNumber.read(said)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CM",
                "CM-2026",
                "2026-00042",
                "CM-2026-",
                "CM-202600042",
                "XCM-2026-00042",
                "CM-2026-00042-1"
            })
    void leavesAllElse(String said) {
        assertThat(RequestNumber.read(said)).isEmpty();
    }
}

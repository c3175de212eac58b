package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed becomes words; accents and the way in which letters are composed do not matter. */
class SearchWordsTest {
    @ParameterizedTest
    @CsvSource({
        "Zoë, Zoe:*",
        "Zoe\u0308, Zoe:*",
        "Łódź, Lodz:*",
        "Straße, Strasse:*",
        "Ærø, AEro:*",
        "ﬁeld, field:*",
        "St. Mary’s, St:* & Mary:* & s:*",
        "a|b & !c, a:* & b:* & c:*",
        "'   ', ''"
    })
    void foldsWhatIsTyped(String typed, String words) {
        assertThat(SearchWords.beginningWith(typed)).isEqualTo(words);
    }

    @Test
    void takesNoMoreThanTenWords() {
        assertThat(SearchWords.beginningWith("a ".repeat(50)).split("&")).hasSize(10);
    }
}

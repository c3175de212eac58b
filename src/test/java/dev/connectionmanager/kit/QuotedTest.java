package dev.connectionmanager.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a team registers stays one value in each kind of file. */
class QuotedTest {
    private static final String ODD = "https://a.example/it's?q=\"1\"&p=50%&x=\\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ODD,
                " begins with a space",
                "a#b!c=d:e",
                "${CLIENT_SECRET}",
                "\\${CLIENT_SECRET}",
                "two\nlines",
                "caf\u00e9 \u20ac",
                "\u2028"
            })
    void propertiesReadBackAsTheyWere(String raw) throws Exception {
        var read = new Properties();
        read.load(new StringReader("key=" + new Quoted(raw).property()));
        assertThat(read).hasSize(1);
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        read.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
                                .entrySet()
                                .stream()
                                .collect(Collectors.toMap(one -> one.getKey().toString(), one -> one.getValue()
                                        .toString())),
                        "made",
                        100))
                .build();
        assertThat(config.getValue("key", String.class)).isEqualTo(raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {ODD, "two\nlines", "\u2028", "\u0000", "caf\u00e9", "\"; System.exit(1); \""})
    void textReadsBackAsItWas(String raw) throws Exception {
        assertThat(new ObjectMapper().readValue(new Quoted(raw).text(), String.class))
                .isEqualTo(raw);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a'b, 'a\\'b'",
                "a\\, 'a\\\\'",
                "a\\', 'a\\\\\\''",
                "a#{b}, 'a#{b}'",
            })
    void rubyLooksUpNothing(String raw, String quoted) {
        assertThat(new Quoted(raw).ruby()).isEqualTo(quoted);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"a'b, 'a'\\''b'", "$(id), '$(id)'", "a\\b, 'a\\b'"})
    void shellsLookUpNothing(String raw, String quoted) {
        assertThat(new Quoted(raw).shell()).isEqualTo(quoted);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"a\"b, \"a\\\"b\"", "50%, \"50%\"", "$1, \"$1\""})
    void apacheReadsOneArgument(String raw, String quoted) {
        assertThat(new Quoted(raw).apache()).isEqualTo(quoted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${CLIENT_SECRET}", "two\nOIDCPassRefreshToken On"})
    void apacheGetsNothingThatItWouldReadOtherwise(String raw) {
        assertThatThrownBy(() -> new Quoted(raw).apache()).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = "https://a.example/")
    void neverStandsAnywhereWithoutAKindOfFile(String raw) {
        var quoted = new Quoted(raw);
        assertThatThrownBy(quoted::toString).isInstanceOf(IllegalStateException.class);
    }
}

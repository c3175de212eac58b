package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.policy.Refusal;
import jakarta.ws.rs.ext.ParamConverter;
import java.lang.annotation.Annotation;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdParametersTest {
    private final ParamConverter<UUID> converter =
            new IdParameters().getConverter(UUID.class, UUID.class, new Annotation[0]);

    @ParameterizedTest
    @ValueSource(strings = {"00000001-0002-0003-0004-000000000005", "ABCDEF01-0002-0003-0004-00000000000a"})
    void readsAnIdInEitherCase(String sent) {
        assertThat(converter.fromString(sent)).hasToString(sent.toLowerCase());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1-2-3-4-5",
                "00000001-0002-0003-0004-00000000005",
                "00000001000200030004000000000005",
                "{00000001-0002-0003-0004-000000000005}",
                "00000001-0002-0003-0004-000000000005\n",
                "new",
                ""
            })
    void findsNothingByAnotherSpelling(String sent) {
        assertThatThrownBy(() -> converter.fromString(sent)).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void leavesOtherParametersToTheFramework() {
        assertThat(new IdParameters().getConverter(String.class, String.class, new Annotation[0]))
                .isNull();
    }
}

package dev.connectionmanager.mock.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.environment.ProviderVocabulary;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AcrValueTest {
    @Test
    void theMockKnowsTheWordsOfTheRealProvider() {
        assertThat(Stream.of(AcrValue.values()).map(Enum::name))
                .containsExactlyElementsOf(ProviderVocabulary.ACR_VALUES);
    }
}

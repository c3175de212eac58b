package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.team.rules.Category;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientIdsTest {
    private final HashSet<String> taken = new HashSet<>();

    @Test
    void triesAgainWhenANumberIsTaken() {
        var numbers = List.of(111111111111L, 111111111111L, 222222222222L).iterator();
        var rigged = new ClientIds(numbers::next);
        assertThat(issue(rigged)).isEqualTo("111111111111.apps.local");
        assertThat(issue(rigged)).isEqualTo("222222222222.apps.local");
    }

    @Test
    void givesUpOnAGeneratorThatRepeatsItself() {
        var rigged = new ClientIds(() -> 333333333333L);
        issue(rigged);
        assertThatThrownBy(() -> issue(rigged)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void issuesTwelveDigitsThatDiffer() {
        var clientIds = new ClientIds();
        for (int i = 0; i < 200; i++) {
            assertThat(issue(clientIds)).matches("[1-9][0-9]{11}\\.apps\\.local");
        }
        assertThat(taken).hasSize(200);
    }

    private String issue(ClientIds ids) {
        return ids.issue(Category.LOCAL, clientId -> taken.add(clientId) ? Optional.of(clientId) : Optional.empty());
    }
}

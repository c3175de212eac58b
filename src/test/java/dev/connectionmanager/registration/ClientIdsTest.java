package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

@PortalTest
class ClientIdsTest {
    @Inject
    EntityManager entities;

    @Inject
    Clock clock;

    @Inject
    ClientIds clientIds;

    @Test
    void triesAgainWhenANumberIsTakenUnderWhicheverSuffix() {
        var numbers = List.of(111111111111L, 111111111111L, 222222222222L).iterator();
        var rigged = new ClientIds(entities, clock, numbers::next);
        assertThat(issue(rigged, Category.LOCAL)).isEqualTo("111111111111.apps.local");
        assertThat(issue(rigged, Category.NATIONAL)).isEqualTo("222222222222.apps.national");
    }

    @Test
    void givesUpOnAGeneratorThatRepeatsItself() {
        var rigged = new ClientIds(entities, clock, () -> 333333333333L);
        issue(rigged, Category.LOCAL);
        assertThatThrownBy(() -> issue(rigged, Category.LOCAL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void issuesTwelveDigitsThatDiffer() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            var clientId = issue(clientIds, Category.SUPPLIER);
            assertThat(clientId).matches("[1-9][0-9]{11}\\.apps\\.supplier");
            assertThat(seen.add(clientId)).isTrue();
        }
    }

    private static String issue(ClientIds ids, Category category) {
        return QuarkusTransaction.requiringNew().call(() -> ids.issue(category));
    }
}

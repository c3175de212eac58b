package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final RequestPlaces places = new RequestPlaces(2, 3);
    private final List<Integer> begun = new ArrayList<>();

    private boolean enter(int number) {
        return places.enter(() -> begun.add(number));
    }

    @Test
    void worksOnAFewAtOnceInTheOrderInWhichTheyCame() {
        for (int i = 1; i <= 5; i++) {
            assertThat(enter(i)).isTrue();
        }
        assertThat(begun).containsExactly(1, 2);
        places.leave();
        places.leave();
        assertThat(begun).containsExactly(1, 2, 3, 4);
        places.leave();
        places.leave();
        places.leave();
        assertThat(begun).containsExactly(1, 2, 3, 4, 5);
        assertThat(enter(6)).isTrue();
        assertThat(begun).endsWith(6);
    }

    @Test
    void refusesWhatWouldWaitTooLong() {
        for (int i = 1; i <= 5; i++) {
            enter(i);
        }
        assertThat(enter(6)).isFalse();
        places.leave();
        assertThat(enter(7)).isTrue();
    }

    @Test
    void lendsAPlaceWhileAnotherServerIsWaitedFor() {
        enter(1);
        enter(2);
        enter(3);
        places.lend(() -> {
            assertThat(begun).containsExactly(1, 2, 3);
            return enter(4);
        });
        assertThat(begun).as("three are at work where two should be").containsExactly(1, 2, 3);
        places.leave();
        assertThat(begun).containsExactly(1, 2, 3);
        places.leave();
        assertThat(begun).containsExactly(1, 2, 3, 4);
    }
}

package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerAddressLimitTest {
    private final List<String> ended = new ArrayList<>();
    private final PerAddressLimit places = new PerAddressLimit(2);

    @Test
    void theOldestOfAnAddressMakesRoom() {
        take("a", "first");
        take("a", "second");
        assertThat(ended).isEmpty();
        take("a", "third");
        take("a", "fourth");
        assertThat(ended).containsExactly("first", "second");
    }

    @Test
    void noAddressMakesRoomForAnother() {
        for (int i = 0; i < 3; i++) {
            take("a", "a" + i);
        }
        take("b", "b0");
        take("b", "b1");
        assertThat(ended).containsExactly("a0");
    }

    @Test
    void aPlaceThatWasLeftIsFree() {
        var first = take("a", "first");
        take("a", "second");
        first.leave();
        first.leave();
        take("a", "third");
        assertThat(ended).isEmpty();
    }

    private PerAddressLimit.Slot take(String address, String who) {
        return places.take(address, () -> ended.add(who));
    }
}

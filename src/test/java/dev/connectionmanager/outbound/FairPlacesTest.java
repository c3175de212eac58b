package dev.connectionmanager.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets one of the places for live checks, and who goes first. */
class FairPlacesTest {
    private final FairPlaces places = new FairPlaces(32);

    @Test
    void oneTeamGetsHalfOfThemWhereItRegistersAndAThirdWhereItAsks() {
        assertThat(taken(registering("one"))).isEqualTo(16);
        assertThat(new FairPlacesTest().taken(asking("one"))).isEqualTo(11);
    }

    @Test
    void twoTeamsNeverHoldAllOfThem() {
        assertThat(taken(asking("one")) + taken(asking("two"))).isLessThanOrEqualTo(20);
        assertThat(taken(registering("three"))).as("for who comes next").isGreaterThanOrEqualTo(6);
        assertThat(taken(registering("four"))).isPositive();
    }

    @Test
    void whoAsksNeverGetsTheLastQuarter() {
        var all = IntStream.range(0, 40)
                .map(team -> taken(asking("team " + team)))
                .sum();
        assertThat(all).isEqualTo(24);
        assertThat(taken(registering("last"))).isPositive();
        assertThat(taken(Caller.PORTAL)).as("by the clock").isPositive();
    }

    @Test
    void givesAPlaceBackToWhoeverMayHaveIt() {
        var greedy = asking("one");
        taken(greedy);
        assertThat(places.take(greedy, "", Duration.ZERO)).isFalse();
        places.free(greedy);
        assertThat(places.take(greedy, "", Duration.ZERO)).isTrue();
    }

    @Test
    void whoRegistersGoesFirstThenWhoseHostItIs() throws InterruptedException {
        var one = new FairPlaces(4);
        var busy = new Caller[] {registering("a"), registering("b"), Caller.PORTAL, Caller.PORTAL};
        for (var each : busy) {
            assertThat(one.take(each, "", Duration.ZERO)).isTrue();
        }
        var order = new ConcurrentLinkedQueue<String>();
        var waiting = List.of(
                new Caller("stranger registers", true, Set.of()),
                new Caller("owner registers", true, Set.of("host")),
                new Caller("again", true, Set.of("host")));
        var threads = waiting.stream()
                .map(caller -> new Thread(() -> {
                    if (one.take(caller, "host", Patience.LONG)) {
                        order.add(caller.team());
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.start();
            Patience.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        }
        for (int i = 0; i < threads.size(); i++) {
            var before = order.size();
            one.free(busy[i]);
            Patience.until("the next has it", () -> order.size() == before + 1);
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly("owner registers", "again", "stranger registers");
    }

    private int taken(Caller caller) {
        int taken = 0;
        while (places.take(caller, "", Duration.ZERO)) {
            taken++;
        }
        return taken;
    }

    private static Caller asking(String team) {
        return new Caller(team, false, Set.of());
    }

    private static Caller registering(String team) {
        return new Caller(team, true, Set.of());
    }
}

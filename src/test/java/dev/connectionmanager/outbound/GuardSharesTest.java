package dev.connectionmanager.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.testing.Patience;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much the guard does at once and in a while. */
class GuardSharesTest {
    private final OneServer server = new OneServer();

    @AfterEach
    void tearDown() throws Exception {
        server.close();
    }

    @Test
    void keepsToTheLimitsThatAreWrittenDown() {
        assertThat(Limits.STANDARD.connect()).hasSeconds(5);
        assertThat(Limits.STANDARD.whole()).hasSeconds(15);
        assertThat(Limits.STANDARD.headerBytes()).isEqualTo(32 * 1024);
        assertThat(Limits.STANDARD.bodyBytes()).isEqualTo(64 * 1024);
    }

    @Test
    void spends200HangingEndpointsOnABoundedNumberOfCalls() throws Exception {
        var bounded = server.laboratory.guard(calls(8));
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var end = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            server.laboratory.raw("hanging%d.supplier.co.uk".formatted(i), connection -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                end.await();
                now.decrementAndGet();
            });
        }
        var refused = new AtomicInteger();
        var ended = new CountDownLatch(200);
        var callers = Executors.newFixedThreadPool(200);
        for (int i = 0; i < 200; i++) {
            var call = OutboundRequest.get(null, URI.create("https://hanging%d.supplier.co.uk/".formatted(i)), "*/*");
            callers.submit(() -> {
                try {
                    bounded.ask(call, seen -> true);
                } catch (Refusal.TooMany tooMany) {
                    refused.incrementAndGet();
                } finally {
                    ended.countDown();
                }
            });
        }
        Patience.until("all calls hang", () -> now.get() == 8);
        Patience.until("the others are refused meanwhile", () -> refused.get() == 192);
        assertThat(now).hasValue(8);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("outbound-watchdog")))
                .hasSizeLessThan(10);
        end.countDown();
        Patience.await(ended);
        assertThat(most).hasValue(8);
        assertThat(refused).hasValue(192);
        callers.shutdown();
    }

    private static Limits calls(int calls) {
        return new Limits(
                Patience.LONG,
                Patience.LONG,
                Patience.LONG,
                1024,
                1024,
                8,
                calls,
                Duration.ofMillis(50),
                Duration.ofMillis(50));
    }

    @Test
    void leavesRoomForOthersWhenTheEndpointsOfOneTeamHang() throws Exception {
        var bounded = server.laboratory.guard(calls(4));
        var hanging = new CountDownLatch(2);
        var end = new CountDownLatch(1);
        server.laboratory.raw("hanging.supplier.co.uk", connection -> {
            hanging.countDown();
            end.await();
        });
        var hang = OutboundRequest.get(asking("greedy"), URI.create("https://hanging.supplier.co.uk/"), "*/*");
        var callers = Executors.newFixedThreadPool(2);
        callers.submit(() -> bounded.ask(hang, seen -> true));
        callers.submit(() -> bounded.ask(hang, seen -> true));
        Patience.await(hanging);
        assertThatThrownBy(() -> bounded.ask(hang, seen -> true)).isInstanceOf(Refusal.TooMany.class);
        var unknown = URI.create("https://unknown.supplier.co.uk/");
        for (var team : new Caller[] {asking("modest"), Caller.PORTAL}) {
            assertThat(bounded.ask(OutboundRequest.get(team, unknown, "*/*"), seen -> true))
                    .isInstanceOf(DnsFailed.class);
        }
        end.countDown();
        callers.shutdown();
        assertThat(callers.awaitTermination(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(bounded.ask(OutboundRequest.get(asking("greedy"), unknown, "*/*"), seen -> true))
                .isInstanceOf(DnsFailed.class);
    }

    @Test
    void refusesToBeAimedAtOneHost() {
        server.laboratory.name("victim.supplier.co.uk", "51.140.6.6");
        for (int i = 0; i < 60; i++) {
            server.ask("victim.supplier.co.uk");
        }
        assertThatThrownBy(() -> server.ask("victim.supplier.co.uk"))
                .isInstanceOfSatisfying(Refusal.TooMany.class, refusal -> assertThat(refusal.retryAfterSeconds())
                        .isBetween(1, 10));
    }

    @Test
    void refusesToBeAimedAtOneAddressByManyNames() {
        var hosts = Stream.iterate(0, i -> i + 1)
                .limit(241)
                .map("alias%d.supplier.co.uk"::formatted)
                .toList();
        hosts.forEach(host -> server.laboratory.name(host, "51.140.5.5"));
        hosts.subList(0, 240).forEach(server::ask);
        assertThatThrownBy(() -> server.ask(hosts.get(240))).isInstanceOf(Refusal.TooMany.class);
    }

    /** Four credentials of one team, twenty validations each: so it was that nobody else could register there. */
    @Test
    void oneTeamCannotUseUpAHostForTheOthers() {
        server.laboratory.name("victim.supplier.co.uk", "51.140.6.6");
        assertThat(IntStream.range(0, 80).filter(i -> looks(asking("greedy"))).count())
                .as("what one team that only asks gets")
                .isEqualTo(36);
        assertThat(looks(asking("another team"))).as("of another that asks").isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(looks(new Caller("registers", true, Set.of())))
                    .as("who registers")
                    .isTrue();
            assertThat(looks(new Caller("owner", false, Set.of("victim.supplier.co.uk"))))
                    .as("whose host it is")
                    .isTrue();
        }
    }

    @Test
    void manyTeamsThatAskCannotUseUpAHostForWhoRegistersOrHasIt() {
        server.laboratory.name("victim.supplier.co.uk", "51.140.6.6");
        for (int team = 0; team < 8; team++) {
            while (looks(asking("greedy " + team))) {}
        }
        for (int i = 0; i < 30; i++) {
            assertThat(looks(new Caller("registers", true, Set.of()))).isTrue();
            assertThat(looks(new Caller("owner", true, Set.of("victim.supplier.co.uk"))))
                    .isTrue();
        }
        for (int team = 0; team < 8; team++) {
            while (looks(new Caller("greedy registering " + team, true, Set.of()))) {}
        }
        for (int i = 0; i < 6; i++) {
            assertThat(looks(new Caller("comes last", true, Set.of()))).isTrue();
            assertThat(looks(new Caller("another owner", true, Set.of("victim.supplier.co.uk"))))
                    .isTrue();
            assertThat(looks(Caller.PORTAL)).as("by the clock").isTrue();
        }
    }

    /** Nobody listens there: this costs a look and no time. */
    private boolean looks(Caller caller) {
        try {
            server.guard.ask(
                    OutboundRequest.get(caller, URI.create("https://victim.supplier.co.uk/"), "*/*"), seen -> false);
            return true;
        } catch (Refusal.TooMany usedUp) {
            return false;
        }
    }

    private static Caller asking(String team) {
        return new Caller(team, false, Set.of());
    }

    /** Name servers that never answer keep the resolver's threads long after the calls have given up. */
    @Test
    void namesThatAreNeverAnsweredLeaveTheResolverToOthers() {
        var end = new CountDownLatch(1);
        var guard = server.laboratory.guard(
                host -> {
                    if (host.startsWith("dead")) {
                        Uninterruptibles.awaitUninterruptibly(end);
                    }
                    throw new UnknownHostException(host);
                },
                new Limits(
                        Duration.ofMillis(2),
                        Patience.LONG,
                        Patience.LONG,
                        1024,
                        1024,
                        8,
                        4,
                        Duration.ZERO,
                        Duration.ZERO));
        for (var team : List.of("one", "two", "three")) {
            for (int i = 0; i < 20; i++) {
                resolves(guard, asking(team), "dead" + i);
            }
        }
        assertThat(resolves(guard, new Caller("registers", true, Set.of()), "fine"))
                .isTrue();
        assertThat(resolves(guard, Caller.PORTAL, "fine")).isTrue();
        end.countDown();
    }

    private static boolean resolves(Guard guard, Caller caller, String name) {
        try {
            guard.ask(
                    OutboundRequest.get(caller, URI.create("https://" + name + ".supplier.co.uk/"), "*/*"),
                    seen -> false);
            return true;
        } catch (Refusal.TooMany busy) {
            return false;
        }
    }

    @Test
    void refusesATeamThatAsksTooOften() {
        var calls = Stream.iterate(0, i -> i + 1)
                .limit(121)
                .map("unknown%d.supplier.co.uk"::formatted)
                .map(host -> OutboundRequest.get(asking("busy team"), URI.create("https://" + host + "/"), "*/*"))
                .toList();
        calls.subList(0, 120).forEach(call -> server.guard.ask(call, seen -> true));
        assertThatThrownBy(() -> server.guard.ask(calls.get(120), seen -> true)).isInstanceOf(Refusal.TooMany.class);
        var another = OutboundRequest.get(asking("another team"), calls.get(120).uri(), "*/*");
        assertThat(server.guard.ask(another, seen -> true)).isInstanceOf(DnsFailed.class);
    }

    @Test
    void hasNoSettingButItsContact() {
        assertThat(Arrays.stream(Guard.class.getDeclaredConstructors())
                        .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                        .map(parameter ->
                                parameter.getAnnotation(org.eclipse.microprofile.config.inject.ConfigProperty.class))
                        .filter(java.util.Objects::nonNull)
                        .map(setting -> setting.name()))
                .containsExactly("connection-manager.checks.contact");
    }
}

package dev.connectionmanager.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.testing.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        return new Limits(Patience.LONG, Patience.LONG, Patience.LONG, 1024, 1024, 8, calls, Duration.ofMillis(50));
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
        var hang = OutboundRequest.get("greedy", URI.create("https://hanging.supplier.co.uk/"), "*/*");
        var callers = Executors.newFixedThreadPool(2);
        callers.submit(() -> bounded.ask(hang, seen -> true));
        callers.submit(() -> bounded.ask(hang, seen -> true));
        Patience.await(hanging);
        assertThatThrownBy(() -> bounded.ask(hang, seen -> true)).isInstanceOf(Refusal.TooMany.class);
        var unknown = URI.create("https://unknown.supplier.co.uk/");
        for (var team : new String[] {"modest", null}) {
            assertThat(bounded.ask(OutboundRequest.get(team, unknown, "*/*"), seen -> true))
                    .isInstanceOf(DnsFailed.class);
        }
        end.countDown();
        callers.shutdown();
        assertThat(callers.awaitTermination(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(bounded.ask(OutboundRequest.get("greedy", unknown, "*/*"), seen -> true))
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

    @Test
    void refusesATeamThatAsksTooOften() {
        var calls = Stream.iterate(0, i -> i + 1)
                .limit(121)
                .map("unknown%d.supplier.co.uk"::formatted)
                .map(host -> OutboundRequest.get("busy team", URI.create("https://" + host + "/"), "*/*"))
                .toList();
        calls.subList(0, 120).forEach(call -> server.guard.ask(call, seen -> true));
        assertThatThrownBy(() -> server.guard.ask(calls.get(120), seen -> true)).isInstanceOf(Refusal.TooMany.class);
        var another = OutboundRequest.get("another team", calls.get(120).uri(), "*/*");
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

package dev.connectionmanager.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpServer;
import dev.connectionmanager.testing.Patience;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to programs on the same computer. */
class LoopbackCallsTest {
    @Test
    void waitsNoLongerForABodyThatNeverEnds() throws Exception {
        var end = new CountDownLatch(1);
        var threads = Executors.newCachedThreadPool();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            Uninterruptibles.awaitUninterruptibly(end, Patience.LONG);
        });
        server.start();
        try {
            var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            var call = threads.submit(() -> new LoopbackCalls(Duration.ofMillis(300)).post(uri, "a=b"));
            assertThat(call).as("it ends, whatever comes of it").satisfies(one -> {
                try {
                    one.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
                } catch (java.util.concurrent.ExecutionException closed) {
                    assertThat(closed).hasCauseInstanceOf(java.io.IOException.class);
                }
            });
        } finally {
            end.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.168.0.7/", "http://a@localhost/", "http://10.0.0.1:8080/"})
    void goesNowhereElse(String uri) {
        var calls = new LoopbackCalls(Duration.ofMillis(300));
        assertThatThrownBy(() -> calls.post(URI.create(uri), "a=b")).isInstanceOf(IllegalArgumentException.class);
    }
}

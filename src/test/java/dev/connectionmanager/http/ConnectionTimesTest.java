package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** At a clock that a test moves. */
class ConnectionTimesTest {
    private final ConnectionTimes times =
            new ConnectionTimes(Duration.ofSeconds(10), Duration.ofSeconds(60), new PerAddressLimit(2));
    private final EmbeddedChannel connection = connection(times);

    @Test
    void nothingArrives() {
        assertThat(openAfter(9)).isTrue();
        assertThat(openAfter(1)).isFalse();
    }

    @Test
    void headersThatComeBitByBitEndTenSecondsAfterTheConnectionBegan() {
        for (int second = 0; second < 9; second++) {
            bytes();
            assertThat(openAfter(1)).isTrue();
        }
        bytes();
        assertThat(openAfter(1)).isFalse();
    }

    @Test
    void noAnswerIsEndedHoweverLongItIsMade() {
        bytes();
        times.requestArrived();
        times.bodyArrived();
        assertThat(openAfter(3600)).isTrue();
    }

    @Test
    void anIdleConnectionEndsAfterAMinute() {
        exchange();
        assertThat(openAfter(59)).isTrue();
        assertThat(openAfter(1)).isFalse();
    }

    @Test
    void theNextHeadersHaveTenSecondsFromTheirFirstByte() {
        exchange();
        openAfter(50);
        bytes();
        assertThat(openAfter(9)).isTrue();
        bytes();
        assertThat(openAfter(1)).isFalse();
    }

    @Test
    void headersThatBeganWhileAnAnswerWasMadeHaveTenSecondsFromThere() {
        bytes();
        times.requestArrived();
        times.bodyArrived();
        bytes();
        assertThat(openAfter(30)).isTrue();
        times.answered();
        assertThat(openAfter(9)).isTrue();
        assertThat(openAfter(1)).isFalse();
    }

    /** The server begins the next one before it tells that the first has ended. */
    @Test
    void aRequestSentBehindAnotherIsNotEndedWithIt() {
        bytes();
        times.requestArrived();
        times.requestArrived();
        times.answered();
        assertThat(openAfter(3600)).isTrue();
        times.answered();
        assertThat(openAfter(60)).isFalse();
    }

    @Test
    void aConnectionWithoutARequestMakesRoomAndOneThatHadOneDoesNot() {
        var places = new PerAddressLimit(2);
        var asked = new ConnectionTimes(Duration.ofSeconds(10), Duration.ofSeconds(60), places);
        var connections = new EmbeddedChannel[4];
        connections[0] = connection(asked);
        asked.requestArrived();
        for (int i = 1; i < 4; i++) {
            connections[i] = connection(new ConnectionTimes(Duration.ofSeconds(10), Duration.ofSeconds(60), places));
        }
        connections[1].runPendingTasks();
        assertThat(connections).extracting(EmbeddedChannel::isOpen).containsExactly(true, false, true, true);
    }

    @Test
    void ofAProxyNoConnectionMakesRoom() {
        var connections = new EmbeddedChannel[5];
        for (int i = 0; i < 5; i++) {
            connections[i] = connection(new ConnectionTimes(Duration.ofSeconds(10), Duration.ofSeconds(60), null));
        }
        assertThat(connections).allMatch(EmbeddedChannel::isOpen);
    }

    private void exchange() {
        bytes();
        times.requestArrived();
        times.bodyArrived();
        times.answered();
    }

    private void bytes() {
        connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {'G'}));
    }

    private boolean openAfter(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        connection.runPendingTasks();
        return connection.isOpen();
    }

    private static EmbeddedChannel connection(ConnectionTimes times) {
        var channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress("192.0.2.1", 40000);
            }
        };
        channel.freezeTime();
        channel.pipeline().addFirst(times);
        times.channelActive(channel.pipeline().context(times));
        return channel;
    }
}

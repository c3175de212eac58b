package dev.connectionmanager.outbound;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The end of one call, by the wall clock. Socket timeouts cover a single read; a server that sends one octet a second
 * never meets them. So the socket is closed under whoever still reads or writes.
 */
final class Deadline implements AutoCloseable {
    private final Duration limit;
    private final long end;
    private final ScheduledExecutorService watchdog;
    private Future<?> watch;
    private volatile boolean struck;

    Deadline(Duration limit, ScheduledExecutorService watchdog) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
        this.watchdog = watchdog;
    }

    Duration limit() {
        return limit;
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** The shorter of the two. */
    Duration atMost(Duration wanted) {
        Duration remaining = remaining();
        return wanted.compareTo(remaining) < 0 ? wanted : remaining;
    }

    /**
     * In place of the socket watched before.
     *
     * @param socket the raw one: closing the TLS layer above could wait for a peer that does not read
     */
    void watch(Socket socket) {
        close();
        watch = watchdog.schedule(() -> strike(socket), remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the socket was closed because time was up. */
    boolean struck() {
        return struck;
    }

    private void strike(Socket socket) {
        struck = true;
        closeQuietly(socket);
    }

    /** Its own thread or another may still use the socket; whoever does notices. */
    static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            // Nothing is lost.
        }
    }

    /** @param nanoTime a moment, as {@link System#nanoTime} said it */
    static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.cancel(false);
        }
    }
}

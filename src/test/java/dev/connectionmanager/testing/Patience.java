package dev.connectionmanager.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waiting for what another thread does, and measuring what this one does, so that a busy machine makes a test slow but
 * never makes it fail.
 */
public final class Patience {
    /** Far longer than anything takes that will happen at all. */
    public static final Duration LONG = Duration.ofMinutes(2);

    private Patience() {}

    /** Returns as soon as it holds. */
    public static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("still waiting: " + what).isNegative();
            Thread.sleep(20);
        }
    }

    public static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS))
                .as("it has happened")
                .isTrue();
    }

    /** What this costs in time of the processor, whatever else the machine does meanwhile. */
    public static Duration processorTime(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    }
}

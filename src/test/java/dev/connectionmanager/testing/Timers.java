package dev.connectionmanager.testing;

import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;

/** What the portal does by the clock: it stands still in tests, but for those that want it. */
@ApplicationScoped
public class Timers {
    @Inject
    Scheduler scheduler;

    /** Lets all of it run until this holds. */
    public void runUntil(String what, BooleanSupplier holds) throws InterruptedException {
        scheduler.resume();
        try {
            Patience.until(what, holds);
        } finally {
            scheduler.pause();
        }
    }
}

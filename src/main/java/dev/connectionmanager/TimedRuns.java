package dev.connectionmanager;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** What holds for all that the portal does by the clock: a run that fails is told once, and none begins at the end. */
@Singleton
final class TimedRuns {
    private static final Logger LOG = Logger.getLogger(TimedRuns.class);

    private final Scheduler scheduler;

    TimedRuns(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stopping) {
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }

    /** In the place of the scheduler's own message, which application.properties switches off. */
    void tell(@Observes FailedExecution failed) {
        var trigger = failed.getExecution().getTrigger();
        if (scheduler.isRunning()) {
            LOG.errorf(
                    failed.getException(),
                    "%s failed. It is tried again at %s",
                    trigger.getId(),
                    trigger.getNextFireTime());
        }
    }
}

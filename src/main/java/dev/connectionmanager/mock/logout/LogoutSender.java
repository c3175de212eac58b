package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.MockSettings;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Sends what is due, by the clock and on every node: whoever logs out waits for no client. */
@Singleton
class LogoutSender {
    private static final Logger LOG = Logger.getLogger(LogoutSender.class);

    private final MockSettings settings;
    private final LogoutDeliveries deliveries;
    private final Semaphore free = new Semaphore(LogoutWay.AT_ONCE);
    private final ExecutorService threads = Executors.newFixedThreadPool(LogoutWay.AT_ONCE, task -> {
        var thread = new Thread(task, "mock-logout");
        thread.setDaemon(true);
        return thread;
    });

    LogoutSender(MockSettings settings, LogoutDeliveries deliveries) {
        this.settings = settings;
        this.deliveries = deliveries;
    }

    /** Takes as many as there are threads for, and does not wait for them. */
    @Scheduled(identity = "mock-logouts", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void sendDue() {
        while (settings.enabled() && free.tryAcquire()) {
            if (!sendNext()) {
                return;
            }
        }
    }

    /** Takes the place of one, and gives it back where there is none to send. */
    private boolean sendNext() {
        var handedOn = false;
        try {
            var due = deliveries.take();
            due.ifPresent(one -> threads.execute(() -> send(one)));
            handedOn = due.isPresent();
            return handedOn;
        } finally {
            if (!handedOn) {
                free.release();
            }
        }
    }

    private void send(LogoutDelivery due) {
        try {
            deliveries.attemptDue(due);
        } catch (RuntimeException e) {
            // It is due again after a pause, by this node or another.
            LOG.error("A logout token could not be sent", e);
        } finally {
            free.release();
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}

package dev.connectionmanager.mock.upkeep;

import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.registration.known.KnownClients;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;

/** Takes away what has had its time, and the log of clients that are gone. All nodes do it; twice does no harm. */
@Singleton
public class CleanUp {
    private final MockSettings settings;
    private final List<Forgetful> keepers;
    private final MockDatabase database;
    private final ExchangeLog log;
    private final KnownClients registered;

    CleanUp(
            MockSettings settings,
            @All List<Forgetful> keepers,
            MockDatabase database,
            ExchangeLog log,
            KnownClients registered) {
        this.settings = settings;
        this.keepers = keepers;
        this.database = database;
        this.log = log;
        this.registered = registered;
    }

    @Scheduled(
            identity = "mock-clean-up",
            every = "10m",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
    public void run() {
        if (!settings.enabled()) {
            return;
        }
        keepers.forEach(Forgetful::forget);
        var known = log.clients();
        log.forget(database.call(connection -> registered.deleted(connection, known)));
    }
}

package dev.connectionmanager.mock.upkeep;

import com.google.common.collect.Sets;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.logout.LogoutStore;
import dev.connectionmanager.registration.known.KnownClients;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;

/** Takes away what has had its time, and the log and the logout tokens of clients that are gone. All nodes do it; twice does no harm. */
@Singleton
public class CleanUp {
    private final MockSettings settings;
    private final List<Forgetful> keepers;
    private final MockDatabase database;
    private final ExchangeLog log;
    private final LogoutStore logouts;
    private final KnownClients registered;

    CleanUp(
            MockSettings settings,
            @All List<Forgetful> keepers,
            MockDatabase database,
            ExchangeLog log,
            LogoutStore logouts,
            KnownClients registered) {
        this.settings = settings;
        this.keepers = keepers;
        this.database = database;
        this.log = log;
        this.logouts = logouts;
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
        var known = Sets.union(log.clients(), logouts.clients());
        var gone = database.call(connection -> registered.deleted(connection, known));
        log.forget(gone);
        logouts.forget(gone);
    }
}

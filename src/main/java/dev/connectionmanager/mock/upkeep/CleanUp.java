package dev.connectionmanager.mock.upkeep;

import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.KeptByClient;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.registration.known.KnownClients;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Takes away what has had its time, and what belongs to registrations that were deleted: log, logout tokens and key set at once, addresses of
 * developers' computers when nobody can restore the registration any more. All nodes do it; twice does no harm.
 */
@Singleton
public class CleanUp {
    private final MockSettings settings;
    private final List<Forgetful> keepers;
    private final MockDatabase database;
    private final List<KeptByClient> kept;
    private final KnownClients registered;
    private final Clock clock;

    CleanUp(
            MockSettings settings,
            @All List<Forgetful> keepers,
            MockDatabase database,
            @All List<KeptByClient> kept,
            KnownClients registered,
            Clock clock) {
        this.settings = settings;
        this.keepers = keepers;
        this.database = database;
        this.kept = kept;
        this.registered = registered;
        this.clock = clock;
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
        kept.forEach(this::forgetDeleted);
    }

    private void forgetDeleted(KeptByClient keeper) {
        var known = keeper.clients();
        var before = clock.instant().minus(keeper.after());
        keeper.forget(database.call(connection -> registered.deleted(connection, known, before)));
    }
}

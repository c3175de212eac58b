package dev.connectionmanager.start;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.PreventFurtherStepsException;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Holds the start of the portal up where it first needs the database: Flyway asks it before anything else does. */
@Singleton
class AwaitedDatabase implements FlywayConfigurationCustomizer {
    /** Knows nothing of local mode, which is not part of every build. */
    private static volatile Runnable database = () -> {};

    /** @param database returns once it is there, and throws {@link StartRefused} where it does not come */
    static void is(Runnable database) {
        AwaitedDatabase.database = database;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        try {
            database.run();
        } catch (StartRefused refused) {
            throw new PreventFurtherStepsException(refused.getMessage(), 1);
        }
    }
}

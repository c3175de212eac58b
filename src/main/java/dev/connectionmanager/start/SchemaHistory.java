package dev.connectionmanager.start;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Whether a database is this version's to use: read before any migration, so that nothing of another's is changed. */
final class SchemaHistory {
    /** Held here: a logger that nobody holds forgets its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private SchemaHistory() {}

    /**
     * Takes an empty database, one of this version or an earlier release, and, with a warning, one of a newer version. A
     * database that cannot be read is left to the migration, which says so and may be set to try again.
     *
     * @param place what the database is called in messages, such as {@code the database at …}
     * @param remedy a sentence on what to do when it cannot be used
     * @throws StartRefused when it was made by a pre-release, or holds what is not ours
     */
    static void requireOfThisVersion(String url, String user, String password, String place, String remedy) {
        var level = FLYWAY.getLevel();
        FLYWAY.setLevel(Level.SEVERE);
        try {
            var flyway = Flyway.configure()
                    .dataSource(url, user, password)
                    .locations("classpath:db/migration")
                    .ignoreMigrationPatterns("*:pending", "*:future")
                    .load();
            var history = flyway.info();
            if (history.applied().length == 0) {
                if (!history.getInfoResult().allSchemasEmpty) {
                    throw refused(place + " holds tables that are not Connection Manager's", remedy);
                }
            } else if (!flyway.validateWithResult().validationSuccessful) {
                throw refused(place + " was made by an earlier pre-release, which this version cannot use", remedy);
            } else {
                warnOfNewer(history, place);
            }
        } catch (FlywayException e) {
            // The migration meets it too.
        } finally {
            FLYWAY.setLevel(level);
        }
    }

    private static StartRefused refused(String why, String remedy) {
        return new StartRefused("Connection Manager did not start: " + why + ". Nothing in it was changed. " + remedy);
    }

    /** No refusal: while nodes are upgraded one after another, one of the version before must be able to start again. */
    private static void warnOfNewer(MigrationInfoService history, String place) {
        Arrays.stream(history.applied())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .reduce((earlier, later) -> later)
                .ifPresent(
                        newest -> System.err.println(
                                "Warning: " + place
                                        + " was upgraded by a newer version of Connection Manager (to "
                                        + newest.getScript()
                                        + "). This version works with it while an upgrade is under way; do not leave it running after that."));
    }
}

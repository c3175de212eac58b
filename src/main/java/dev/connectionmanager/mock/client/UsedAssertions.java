package dev.connectionmanager.mock.client;

import com.google.common.hash.Hashing;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Ids of client assertions that were accepted: each is taken once. RFC 7523 section 3. */
@Singleton
public class UsedAssertions implements Forgetful {
    /** Longer than any assertion is good, whatever clock judged it. */
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final MockDatabase database;
    private final Clock clock;

    UsedAssertions(MockDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Forgets those of assertions that have ended. */
    @Override
    public void forget() {
        database.update("delete from mock_assertion where ends_at < ?", clock.instant());
    }

    /** @return whether it is this client's first use of this id */
    public boolean take(String issuer, String clientId, String id) {
        return database.update(
                        "insert into mock_assertion (hash, ends_at) values (?, ?) on conflict do nothing",
                        Hashing.sha256()
                                .hashString(issuer + "\n" + clientId + "\n" + id, StandardCharsets.UTF_8)
                                .asBytes(),
                        clock.instant().plus(KEPT))
                == 1;
    }
}

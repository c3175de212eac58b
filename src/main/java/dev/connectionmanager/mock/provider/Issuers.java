package dev.connectionmanager.mock.provider;

import dev.connectionmanager.mock.MockSettings;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.time.Clock;

/** Which issuer an address belongs to. */
@Singleton
public class Issuers {
    /** In the path of every endpoint: nothing, or a test. */
    public static final String PATH = MockSettings.ROOT + "{issuer:(?:/t/[A-Za-z0-9_-]+)?}";

    private final MockSettings settings;
    private final Clock clock;

    Issuers(MockSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    public Issuer common() {
        return new Issuer("", settings.issuer(), clock);
    }

    /**
     * @param part of the path, after the root: empty, or {@code /t/} and a test's id
     * @throws NotFoundException where there is no such test
     */
    public Issuer at(String part) {
        if (part.isEmpty()) {
            return common();
        }
        throw new NotFoundException();
    }
}

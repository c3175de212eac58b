package dev.connectionmanager.mock.provider;

import dev.connectionmanager.mock.MockSettings;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.time.Clock;
import java.util.Optional;

/** Which issuer an address belongs to. */
@Singleton
public class Issuers {
    /** In the path of every endpoint: nothing, or a test. */
    public static final String PATH = MockSettings.ROOT + "{issuer:(?:/t/[A-Za-z0-9_-]+)?}";

    private static final String OF_TEST = "/t/";

    private final MockSettings settings;
    private final OwnIssuers own;
    private final Clock clock;

    Issuers(MockSettings settings, OwnIssuers own, Clock clock) {
        this.settings = settings;
        this.own = own;
        this.clock = clock;
    }

    public Issuer common() {
        return new Issuer("", settings.issuer(), clock);
    }

    /** @param id empty for the public one, else a test's; empty where there is no such test */
    public Optional<Issuer> of(String id) {
        return id.isEmpty() ? Optional.of(common()) : own.find(id).map(OwnIssuers.Own::issuer);
    }

    /**
     * @param part of the path, after the root: empty, or {@code /t/} and a test's id
     * @throws NotFoundException where there is no such test
     */
    public Issuer at(String part) {
        return of(part.isEmpty() ? "" : part.substring(OF_TEST.length())).orElseThrow(NotFoundException::new);
    }
}

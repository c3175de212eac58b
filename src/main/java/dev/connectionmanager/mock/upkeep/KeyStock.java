package dev.connectionmanager.mock.upkeep;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.provider.SpareKeys;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Has spare keys made from the start on, before anybody asks for the first, though not before the portal answers. */
@Singleton
public class KeyStock {
    private final MockSettings settings;
    private final SpareKeys keys;

    KeyStock(MockSettings settings, SpareKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    @Scheduled(identity = "mock-keys", every = "1m", delayed = "2s")
    public void fill() {
        if (settings.enabled()) {
            keys.fill();
        }
    }
}

package dev.connectionmanager.web.layout;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the pages may lead to the mock authorisation service. */
@Named
@ApplicationScoped
public class MockProvider {
    private final boolean on;

    MockProvider(@ConfigProperty(name = "connection-manager.mock.enabled") boolean on) {
        this.on = on;
    }

    public boolean isOn() {
        return on;
    }
}

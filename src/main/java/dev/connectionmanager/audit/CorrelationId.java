package dev.connectionmanager.audit;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** Names one request in the trail, the log and the answer. */
@RequestScoped
public class CorrelationId {
    private final UUID value = UUID.randomUUID();

    public UUID value() {
        return value;
    }
}

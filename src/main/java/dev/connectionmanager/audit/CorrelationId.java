package dev.connectionmanager.audit;

import java.util.UUID;

/** Names one request in the trail, the log and the answer. Given by whoever took the request; one at random where nobody did. */
public class CorrelationId {
    private final UUID value;

    /** For proxies. */
    protected CorrelationId() {
        this(null);
    }

    public CorrelationId(UUID value) {
        this.value = value;
    }

    public UUID value() {
        return value;
    }
}

package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.RequestList.Row;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.web.layout.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A request in a list that operators see.
 *
 * @param queue how the list was asked for, as its address has it; empty for the queue as such
 */
record QueueRow(Row row, List<Environment> environments, String queue, Instant now) {
    private static final Duration SOON = Duration.ofDays(1);

    public ProductionRequest request() {
        return row.request();
    }

    /** Of its page, which leads back to this list. */
    public String address() {
        return base() + (queue.isEmpty() ? "" : "?queue=" + Labels.encoded(queue));
    }

    public String base() {
        return "/review/requests/" + row.request().id();
    }

    public String environmentName() {
        return environments.stream()
                .filter(environment -> environment.id().equals(row.request().environment()))
                .map(Environment::name)
                .findFirst()
                .orElse(row.request().environment());
    }

    public boolean waiting() {
        return row.request().state() == RequestState.SUBMITTED;
    }

    public boolean late() {
        return waiting() && row.request().dueAt().orElseThrow().isBefore(now);
    }

    public boolean dueSoon() {
        return waiting() && !late() && row.request().dueAt().orElseThrow().isBefore(now.plus(SOON));
    }

    /** How long it has waited: {@code 3 days}. */
    public String age() {
        return Labels.said(Duration.between(row.request().submittedAt().orElse(now), now));
    }
}

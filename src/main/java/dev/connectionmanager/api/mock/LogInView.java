package dev.connectionmanager.api.mock;

import dev.connectionmanager.mock.log.Check;
import dev.connectionmanager.mock.log.LoggedExchange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A request of a client as the mock saw it. Of the first failed check: its name, what was found, what was sent and registered, and
 * where the two part.
 */
public record LogInView(
        UUID id,
        String clientId,
        Instant time,
        String endpoint,
        String outcome,
        String error,
        String answered,
        String user,
        String fault,
        String failedCheck,
        String detail,
        String sent,
        String registered,
        Integer position,
        List<CheckView> checks,
        Map<String, String> assertion) {
    public static LogInView of(LoggedExchange exchange) {
        var failed = exchange.firstFailed().map(CheckView::of).orElse(CheckView.NONE);
        var detail = exchange.detail();
        return new LogInView(
                exchange.id(),
                exchange.clientId(),
                exchange.madeAt(),
                exchange.endpoint().code(),
                exchange.passed() ? "granted" : "refused",
                detail.error(),
                detail.said(),
                detail.user(),
                detail.fault(),
                failed.name(),
                failed.detail(),
                failed.sent(),
                failed.registered(),
                failed.position(),
                detail.checks().stream().map(CheckView::of).toList(),
                detail.assertion());
    }

    record CheckView(String name, String verdict, String detail, String sent, String registered, Integer position) {
        private static final CheckView NONE = new CheckView(null, null, null, null, null, null);

        static CheckView of(Check check) {
            return new CheckView(
                    check.name(),
                    check.verdict().code(),
                    check.words(),
                    check.sent(),
                    check.registered(),
                    check.position());
        }
    }
}

package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.log.LoggedExchange;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** One request in the mock's log, with the place marked in which what was sent parts from what is registered. */
public record ExchangeView(LoggedExchange exchange) {
    public String title() {
        return exchange.endpoint().title();
    }

    public String outcome() {
        return exchange.endpoint().outcome(exchange.passed());
    }

    /** The same, where it stands alone. */
    public String tag() {
        return outcome().substring(0, 1).toUpperCase(Locale.ROOT) + outcome().substring(1);
    }

    /** To the second, as the logs of clients have it. */
    public String time() {
        return exchange.madeAt().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public List<CheckView> checks() {
        return exchange.detail().checks().stream().map(CheckView::of).toList();
    }

    /** @param place from 1, the latest first */
    public boolean isShownAtOnce(int place) {
        return place == 1 && !exchange.passed();
    }

    public String why() {
        return exchange.firstFailed()
                .map(check -> check.words())
                .orElse(exchange.detail().said());
    }
}

package dev.connectionmanager.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.stream.Stream;

/** When in the night a registration's endpoints are checked: each at its own moment between midnight and six. */
public final class RecheckWindow {
    private static final ZoneId HERE = ZoneId.of("Europe/London");
    private static final Duration WINDOW = Duration.ofHours(6);
    /** What was checked in the evening, or late in its own night, waits for the night after. */
    private static final Duration REST = Duration.ofHours(12);

    private RecheckWindow() {}

    /**
     * @param registrationId random, so that moments spread evenly over the window
     * @param last when it was checked
     */
    public static Instant next(UUID registrationId, Instant last) {
        var into = Math.floorMod(registrationId.getLeastSignificantBits(), WINDOW.toSeconds());
        var today = last.atZone(HERE).toLocalDate();
        return Stream.iterate(today, day -> day.plusDays(1))
                .map(day -> day.atStartOfDay(HERE).toInstant().plusSeconds(into))
                .filter(moment -> !moment.isBefore(last.plus(REST)))
                .findFirst()
                .orElseThrow();
    }
}

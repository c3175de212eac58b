package dev.connectionmanager.review.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The number of a request as people say it; the database gives it, see V041__request_number.sql. */
public final class RequestNumber {
    private static final Pattern SAID = Pattern.compile("(?i)CM[\\s\\p{Pd}]*([0-9]{4})[\\s\\p{Pd}]+0*([0-9]{1,15})");

    private RequestNumber() {}

    /** {@code CM-2026-00042} for {@code cm 2026 42}; empty for what is no number of a request. */
    public static Optional<String> read(String said) {
        var found = SAID.matcher(said.strip());
        return found.matches()
                ? Optional.of(String.format(Locale.ROOT, "CM-%s-%05d", found.group(1), Long.parseLong(found.group(2))))
                : Optional.empty();
    }
}

package dev.connectionmanager.web.layout;

import dev.connectionmanager.policy.Total;
import java.util.Locale;

/** How totals are said. */
public final class Totals {
    private Totals() {}

    /** {@code 3}, or {@code more than 10,000}. */
    public static String said(long counted) {
        return counted > Total.MOST
                ? "more than " + String.format(Locale.UK, "%,d", Total.MOST)
                : Long.toString(counted);
    }
}

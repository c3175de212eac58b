package dev.connectionmanager.policy;

import java.util.Locale;

/** How many there are of something. Nobody waits for a total to be exact beyond {@link #MOST}. */
public final class Total {
    public static final int MOST = 10_000;
    /** So far is counted: one more than the most stands for all beyond. */
    public static final int COUNTED = MOST + 1;

    private Total() {}

    /** {@code 3}, or {@code more than 10,000}. */
    public static String said(long counted) {
        return counted > MOST ? "more than " + String.format(Locale.UK, "%,d", MOST) : Long.toString(counted);
    }
}

package dev.connectionmanager.policy;

/** How many there are of something. Nobody waits for a total to be exact beyond {@link #MOST}. */
public final class Total {
    public static final int MOST = 10_000;
    /** So far is counted: one more than the most stands for all beyond. */
    public static final int COUNTED = MOST + 1;

    private Total() {}
}

package dev.connectionmanager.mock;

/** What keeps something for a time; called by the clock, on every node. */
public interface Forgetful {
    /** Takes away what has had its time. */
    void forget();
}

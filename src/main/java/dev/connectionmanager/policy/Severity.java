package dev.connectionmanager.policy;

/** Whether a violation stops the act or is only shown to the owner and kept for a reviewer. */
public enum Severity {
    BLOCKS,
    WARNS;

    /** The word used in problem documents: {@code blocks} or {@code warns}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

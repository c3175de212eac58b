package dev.connectionmanager.api.common;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;

/** A query parameter that says yes or no. */
public final class Flag {
    private Flag() {}

    /**
     * @param sent {@code null} = no
     * @throws Refusal.Malformed for anything but {@code true} and {@code false}
     */
    public static boolean read(String name, String sent) {
        if (sent == null || sent.equals("false")) {
            return false;
        }
        if (sent.equals("true")) {
            return true;
        }
        throw new Refusal.Malformed(Reason.PARAMETER_INVALID, name);
    }
}

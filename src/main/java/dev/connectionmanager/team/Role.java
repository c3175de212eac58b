package dev.connectionmanager.team;

import java.util.Locale;

/** What a member may do in a team; each role may do all that the ones before it may. */
public enum Role {
    VIEWER,
    ADMIN,
    OWNER;

    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The word used in the API: {@code viewer}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

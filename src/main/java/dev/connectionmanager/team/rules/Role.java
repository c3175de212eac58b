package dev.connectionmanager.team.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

    public static Optional<Role> ofCode(String code) {
        return Stream.of(values()).filter(role -> role.code().equals(code)).findFirst();
    }
}

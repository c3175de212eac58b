package dev.connectionmanager.outbound;

import java.util.Set;

/**
 * On whose account a call is made, and how much hangs on it.
 *
 * @param team {@code null} for the portal's own account, as in nightly checks
 * @param registers whether something is registered or approved if it goes well; otherwise somebody only asks
 * @param hosts names in lower case that the team has registered already
 */
public record Caller(String team, boolean registers, Set<String> hosts) {
    /** By the clock. */
    public static final Caller PORTAL = new Caller(null, false, Set.of());

    public Caller {
        hosts = Set.copyOf(hosts);
    }

    boolean isPortal() {
        return team == null;
    }

    boolean has(String host) {
        return hosts.contains(host);
    }
}

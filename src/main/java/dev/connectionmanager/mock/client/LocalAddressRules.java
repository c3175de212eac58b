package dev.connectionmanager.mock.client;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;

/** The rules on addresses for the mock alone: each leads to the computer that opens it. */
public final class LocalAddressRules {
    /** Of one client. */
    public static final int MOST = 10;

    private LocalAddressRules() {}

    public static Violations check(LocalAddressCandidate candidate) {
        var found = new Violations.Collector();
        for (int i = 0; i < candidate.redirectUris().size(); i++) {
            check("redirect_uris/" + i, candidate.redirectUris().get(i), found);
        }
        check("jwks_uri", candidate.jwksUri(), found);
        check("backchannel_logout_uri", candidate.backchannelLogoutUri(), found);
        return found.violations();
    }

    private static void check(String path, String uri, Violations.Collector found) {
        if (uri != null && !LocalUris.isLoopback(uri)) {
            found.add(path, Rule.LOCAL_ADDRESS_NOT_LOOPBACK);
        }
    }
}

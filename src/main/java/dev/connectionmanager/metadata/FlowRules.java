package dev.connectionmanager.metadata;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.util.List;

/** The policy on the flows that a client asks for: there is the authorization code, and what is asked for beside it is not given. */
public final class FlowRules {
    /** What every client has. RFC 7591 section 2. */
    public static final String GRANT_TYPE = "authorization_code";

    /** What goes with it. RFC 7591 section 2.1. */
    public static final String RESPONSE_TYPE = "code";

    private FlowRules() {}

    /**
     * @param grantTypes {@code null} = the code alone, as in RFC 7591
     * @param responseTypes the same
     */
    public static Violations check(List<String> grantTypes, List<String> responseTypes) {
        var found = new Violations.Collector();
        if (grantTypes != null && !grantTypes.contains(GRANT_TYPE)) {
            found.add("grant_types", Rule.GRANT_TYPE_CODE_REQUIRED);
        }
        if (responseTypes != null && !responseTypes.contains(RESPONSE_TYPE)) {
            found.add("response_types", Rule.RESPONSE_TYPE_CODE_REQUIRED);
        }
        return found.violations();
    }
}

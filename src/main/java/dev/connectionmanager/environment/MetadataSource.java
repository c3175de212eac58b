package dev.connectionmanager.environment;

import java.util.Locale;

/** Where the lists of an environment's OpenID Provider metadata come from. */
public enum MetadataSource {
    /** From the portal's own settings: there is no discovery document, or it was never read. */
    CONFIGURED,
    /** From the discovery document, read within the last hour. */
    DISCOVERY,
    /** From the discovery document as it was last read, longer than an hour ago. */
    DISCOVERY_KEPT;

    /** The word used in the API: {@code discovery-kept}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.connectionmanager.environment;

import java.util.Locale;

/** How an application gets registered in an environment. */
public enum EnvironmentKind {
    /** No registration is needed. */
    SELF_SERVICE,
    /** The team registers, and holds its client ID at once. */
    PATH_TO_LIVE,
    /** The team asks, operators decide. */
    PRODUCTION;

    /** The word used in the API: {@code path-to-live}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

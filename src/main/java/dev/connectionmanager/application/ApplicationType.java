package dev.connectionmanager.application;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** OpenID Connect Dynamic Client Registration 1.0 section 2, {@code application_type}. */
public enum ApplicationType {
    WEB,
    NATIVE;

    /** The word used in metadata: {@code web} or {@code native}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ApplicationType> ofCode(String code) {
        return Stream.of(values()).filter(type -> type.code().equals(code)).findFirst();
    }
}

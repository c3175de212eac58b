package dev.connectionmanager.credential;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an API credential may do: all that the team's viewers may, or also what its admins may do by themselves. */
public enum ApiScope {
    READ,
    WRITE;

    /** The word used in the API: {@code read}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ApiScope> ofCode(String code) {
        return Stream.of(values()).filter(scope -> scope.code().equals(code)).findFirst();
    }
}

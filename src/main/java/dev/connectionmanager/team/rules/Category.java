package dev.connectionmanager.team.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose application it is; the last part of its client IDs. */
public enum Category {
    NATIONAL,
    SUPPLIER,
    LOCAL;

    /** The word used in the API and in client IDs: {@code supplier}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Category> ofCode(String code) {
        return Stream.of(values()).filter(c -> c.code().equals(code)).findFirst();
    }
}

package dev.connectionmanager.mock.logout;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a session ended: the clients are told that it did, not why. */
public enum LogoutReason {
    USER("the user logged out"),
    ADMINISTRATOR("an administrator ended it"),
    CARD_REMOVED("the user’s card was removed");

    private final String words;

    LogoutReason(String words) {
        this.words = words;
    }

    /** As a half sentence. */
    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<LogoutReason> ofCode(String code) {
        return Stream.of(values()).filter(reason -> reason.code().equals(code)).findFirst();
    }
}

package dev.connectionmanager.openid;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The people of local mode. */
public enum LocalUser {
    OWNER("Olivia Owner", "Owner of the first team"),
    ADMIN("Adam Admin", "Admin of the first team"),
    VIEWER("Vera Viewer", "Viewer of the first team"),
    OTHER_OWNER("Omar Other", "Owner of the other team"),
    OPERATOR("Opal Operator", "Operator"),
    OPERATOR2("Otto Operator", "Second operator"),
    NEWCOMER("Nora Newcomer", "In no team yet");

    private final String fullName;
    private final String about;

    LocalUser(String fullName, String about) {
        this.fullName = fullName;
        this.about = about;
    }

    /** What {@code login_hint} takes: {@code other-owner}. */
    public String userName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String fullName() {
        return fullName;
    }

    public String about() {
        return about;
    }

    /** In a domain that is reserved for examples: RFC 2606 section 3. */
    public String email() {
        return userName() + "@local.example";
    }

    public String subject() {
        return "local-" + userName();
    }

    List<String> groups() {
        return this == OPERATOR || this == OPERATOR2 ? List.of("operator") : List.of();
    }

    static Optional<LocalUser> ofUserName(String userName) {
        return Stream.of(values())
                .filter(user -> user.userName().equals(userName))
                .findFirst();
    }

    static Optional<LocalUser> ofSubject(String subject) {
        return Stream.of(values())
                .filter(user -> user.subject().equals(subject))
                .findFirst();
    }
}

package dev.connectionmanager.review.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Something in a request for a reviewer to look at.
 *
 * @param member the metadata member: {@code redirect_uris}
 * @param value which of its values; of an open warning, the rule's code
 * @param arguments what its sentence names; its first is the value. Of an open warning, what the rule's sentence names
 *     comes after it
 */
public record Risk(Kind kind, String member, String value, List<String> arguments) {
    public Risk {
        arguments = List.copyOf(arguments);
    }

    public static Risk of(Kind kind, String member, String value, String... more) {
        return new Risk(
                kind,
                member,
                value,
                java.util.stream.Stream.concat(java.util.stream.Stream.of(value), java.util.stream.Stream.of(more))
                        .toList());
    }

    public Level level() {
        return kind.level;
    }

    /** The greatest of these. */
    public static Level greatest(Collection<Risk> risks) {
        return risks.stream().map(Risk::level).max(Comparator.naturalOrder()).orElse(Level.NONE);
    }

    /** How much it weighs. */
    public enum Level {
        NONE,
        LOW,
        MEDIUM,
        HIGH;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why to look at it. */
    public enum Kind {
        /** Spelled so that people take it for a known domain. CWE-1007. */
        LOOK_ALIKE(Level.HIGH),
        /** None of the domains that the application uses so far: perhaps somebody else's. RFC 9700 section 4.1. */
        OTHER_DOMAIN(Level.HIGH),
        /** A name under a provider's own suffix can pass to somebody else. Public Suffix List, private section. */
        SHARED_HOSTING(Level.HIGH),
        /** Another host of a domain that the application uses already. */
        NEW_HOST(Level.MEDIUM),
        /** Nothing is registered yet that it could be compared with. */
        FIRST_HOST(Level.MEDIUM),
        /** The team has deleted what was registered: an approval gives another client ID, and ends restoration. */
        REGISTRATION_DELETED(Level.MEDIUM),
        /** A client authentication, or a signature, that protects less than before. RFC 9700 section 2.5. */
        WEAKER_MECHANISM(Level.MEDIUM),
        /** People who log out are no longer logged out there. */
        LOGOUT_REMOVED(Level.MEDIUM),
        /** A rule or a live check warns. */
        WARNING_OPEN(Level.LOW);

        private final Level level;

        Kind(Level level) {
            this.level = level;
        }

        /** The stable code, and the key of its sentence: {@code look-alike}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

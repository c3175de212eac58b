package dev.connectionmanager.review.rules;

import java.util.List;
import java.util.Locale;

/**
 * One thing to have done before, or to think of around, going live.
 *
 * @param kind which
 * @param state how far it is
 * @param arguments what its reason names; none where the state says all
 */
public record ReadinessTask(Kind kind, State state, List<String> arguments) {
    public ReadinessTask {
        arguments = List.copyOf(arguments);
    }

    static ReadinessTask of(Kind kind, State state, String... arguments) {
        return new ReadinessTask(kind, state, List.of(arguments));
    }

    /** Whether a request can be submitted without it. */
    public boolean blocks() {
        return kind.blocks && state != State.COMPLETED;
    }

    /** The key of the sentence that says why: {@code key-proven.not-started}. */
    public String code() {
        return kind.code() + "." + state.code();
    }

    /** What there is to do. */
    public enum Kind {
        /** What is asked for breaks no rule. */
        RULES(true),
        /** The endpoints have been checked, and nothing found stops the registration. */
        LIVE_CHECKS(true),
        CONFORMANCE_REFERENCE(true),
        CONNECTION_AGREEMENT_REFERENCE(true),
        /** Private key JWT is used, or planned for a date to come. */
        PRIVATE_KEY_JWT(false),
        /** The logout endpoint answers as it should, and is wanted at all. */
        BACKCHANNEL_LOGOUT(false),
        /** The team has signed something with the registered key. */
        KEY_PROVEN(false),
        SECOND_OWNER(false),
        /** An owner has confirmed members and contacts in the last six months. */
        CONTACTS_ATTESTED(false),
        NO_WARNINGS(false),
        /** No certificate seen expires within 30 days. */
        CERTIFICATES(false);

        private final boolean blocks;

        Kind(boolean blocks) {
            this.blocks = blocks;
        }

        public boolean blocking() {
            return blocks;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The service manual's task list words. */
    public enum State {
        COMPLETED,
        NOT_STARTED,
        IN_PROGRESS,
        CANNOT_START,
        PROBLEM;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

package dev.connectionmanager.policy;

import java.util.UUID;

/** Why an act was not done. One family for every edge; {@code wording} gives each its sentence. */
public abstract sealed class Refusal extends RuntimeException {

    private Refusal(String message) {
        super(message, null, false, false);
    }

    /** What was sent breaks rules (422). */
    public static final class Rejected extends Refusal {
        private final transient Violations violations;

        public Rejected(Violations violations) {
            super("rejected");
            this.violations = violations;
        }

        public Violations violations() {
            return violations;
        }
    }

    /** There is no such thing, or it is not for this actor to know of it: the two are never told apart (404). */
    public static final class NotFound extends Refusal {
        private final UUID team;

        public NotFound() {
            this((String) null);
        }

        /** @param why only what anybody may know */
        public NotFound(String why) {
            super(why);
            this.team = null;
        }

        /** @param team whose it is, for the audit trail; never for the actor */
        public NotFound(UUID team) {
            super(null);
            this.team = team;
        }

        /** {@code null} where there is nothing that is another team's. */
        public UUID team() {
            return team;
        }
    }

    /** The actor may see the thing but lacks the right for this act (403). */
    public static final class NotAllowed extends Refusal {
        private final UUID team;

        /** @param why a sentence for the person who tried */
        public NotAllowed(String why) {
            this(why, null);
        }

        /**
         * @param why a sentence for the person who tried
         * @param team in which the right is missing, for the audit trail
         */
        public NotAllowed(String why, UUID team) {
            super(why);
            this.team = team;
        }

        /** {@code null} where the right is none in a team. */
        public UUID team() {
            return team;
        }
    }

    /** The thing is in a state that does not allow the act (409). */
    public static final class Conflict extends Refusal {
        /** @param why a sentence for the person who tried */
        public Conflict(String why) {
            super(why);
        }
    }

    /** The thing has changed since it was read (412). */
    public static final class Stale extends Refusal {
        public Stale() {
            super(null);
        }

        /** @param what which of its parts, as a sentence; {@code null} where that is not known */
        public Stale(String what) {
            super(what);
        }
    }

    /** The act needs a precondition that was not sent (428). */
    public static final class PreconditionRequired extends Refusal {
        /** @param header the request header to send, {@code If-Match} or {@code If-None-Match} */
        public PreconditionRequired(String header) {
            super(header);
        }
    }

    /** Too much was asked in too short a time (429). */
    public static final class TooMany extends Refusal {
        private final int retryAfterSeconds;

        public TooMany(int retryAfterSeconds) {
            super("too many");
            this.retryAfterSeconds = retryAfterSeconds;
        }

        public int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }
}

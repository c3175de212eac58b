package dev.connectionmanager.policy;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Why an act was not done. One family for every edge; {@code wording} gives each its sentence. */
public abstract sealed class Refusal extends RuntimeException {
    private final Reason reason;
    private final transient List<String> arguments;

    private Refusal(Reason reason, Object... arguments) {
        super(reason.code(), null, false, false);
        this.reason = reason;
        this.arguments = Stream.of(arguments).map(String::valueOf).toList();
    }

    public Reason reason() {
        return reason;
    }

    /** What the sentence names, in the sentence's order; plain text, never a secret. */
    public List<String> arguments() {
        return arguments;
    }

    /** What was sent breaks rules (422). */
    public static final class Rejected extends Refusal {
        private final transient Violations violations;

        public Rejected(Violations violations) {
            super(Reason.REJECTED);
            this.violations = violations;
        }

        /** @throws Rejected with every finding, warnings too, when something blocks */
        public static void ifBlocking(Violations violations) {
            if (violations.block()) {
                throw new Rejected(violations);
            }
        }

        public Violations violations() {
            return violations;
        }
    }

    /** What was sent cannot be read (400). */
    public static final class Malformed extends Refusal {
        public Malformed(Reason reason, Object... arguments) {
            super(reason, arguments);
        }
    }

    /** There is no such thing, or it is not for this actor to know of it: the two are never told apart (404). */
    public static final class NotFound extends Refusal {
        private final UUID team;

        public NotFound() {
            this((UUID) null);
        }

        /** @param reason only what anybody may know */
        public NotFound(Reason reason, Object... arguments) {
            super(reason, arguments);
            this.team = null;
        }

        /** @param team whose it is, for the audit trail; never for the actor */
        public NotFound(UUID team) {
            super(Reason.NOT_FOUND);
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

        public NotAllowed(Reason reason, Object... arguments) {
            this(null, reason, arguments);
        }

        /** @param team in which the right is missing, for the audit trail */
        public NotAllowed(UUID team, Reason reason, Object... arguments) {
            super(reason, arguments);
            this.team = team;
        }

        /** {@code null} where the right is none in a team. */
        public UUID team() {
            return team;
        }
    }

    /** The thing is in a state that does not allow the act (409). */
    public static final class Conflict extends Refusal {
        public Conflict(Reason reason, Object... arguments) {
            super(reason, arguments);
        }
    }

    /** The thing has changed since it was read, or is not what the caller says of it (412). */
    public static final class Stale extends Refusal {
        /** @param reason what is wrong with what the caller says, where nothing has changed */
        public Stale(Reason reason) {
            super(reason);
        }

        /** @param parts codes of what has changed, where that is known */
        public Stale(Object... parts) {
            super(Reason.STALE, parts);
        }
    }

    /** The act needs a precondition that was not sent (428). */
    public static final class PreconditionRequired extends Refusal {
        /** @param header the request header to send, {@code If-Match} or {@code If-None-Match} */
        public PreconditionRequired(String header) {
            super(Reason.PRECONDITION_REQUIRED, header);
        }
    }

    /** Too much was asked in too short a time (429). */
    public static final class TooMany extends Refusal {
        private final int retryAfterSeconds;

        public TooMany(int retryAfterSeconds) {
            this(retryAfterSeconds, Reason.TOO_MANY_REQUESTS);
        }

        public TooMany(int retryAfterSeconds, Reason reason, Object... arguments) {
            super(reason, arguments);
            this.retryAfterSeconds = retryAfterSeconds;
        }

        public int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }
}

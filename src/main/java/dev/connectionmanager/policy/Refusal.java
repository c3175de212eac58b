package dev.connectionmanager.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/** Why an act was not done. One family for every edge; {@code wording} gives each its sentence. */
public abstract sealed class Refusal extends RuntimeException {
    private final Reason reason;
    private final transient List<String> arguments;
    private final transient Map<String, Object> named = new LinkedHashMap<>();

    private Refusal(Reason reason, Object... arguments) {
        super(reason.code(), null, false, false);
        this.reason = reason;
        this.arguments = Stream.of(arguments).map(String::valueOf).toList();
        for (int i = 0; i < Math.min(arguments.length, reason.names().size()); i++) {
            with(reason.names().get(i), arguments[i]);
        }
    }

    /**
     * Names more to programs than the sentence names to people.
     *
     * @param name of a member of the problem document
     * @param value a number or truth as such, all else as text; never a secret
     */
    public Refusal with(String name, Object value) {
        named.put(
                name,
                value instanceof Number || value instanceof Boolean || value instanceof List
                        ? value
                        : String.valueOf(value));
        return this;
    }

    /** What is named, for programs: members of the problem document. */
    public Map<String, Object> named() {
        return Collections.unmodifiableMap(named);
    }

    public Reason reason() {
        return reason;
    }

    /** What the sentence names, in the sentence's order; plain text, never a secret. */
    public List<String> arguments() {
        return arguments;
    }

    /** After how many seconds the same may be asked again, where time alone helps. */
    public OptionalInt retryAfter() {
        return OptionalInt.empty();
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
        private final int retryAfterSeconds;

        public Conflict(Reason reason, Object... arguments) {
            this(0, reason, arguments);
        }

        /** @param retryAfterSeconds when it may be over */
        public Conflict(int retryAfterSeconds, Reason reason, Object... arguments) {
            super(reason, arguments);
            this.retryAfterSeconds = retryAfterSeconds;
        }

        @Override
        public OptionalInt retryAfter() {
            return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
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
            if (parts.length > 0) {
                with("changed", arguments());
            }
        }
    }

    /** The act needs a precondition that was not sent (428). */
    public static final class PreconditionRequired extends Refusal {
        /** @param header to send, {@code If-Match} or {@code If-None-Match}; {@code hash} in the address of the existing tool's format */
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

        @Override
        public OptionalInt retryAfter() {
            return OptionalInt.of(retryAfterSeconds);
        }
    }
}

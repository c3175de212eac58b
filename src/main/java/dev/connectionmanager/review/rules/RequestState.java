package dev.connectionmanager.review.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a request is. */
public enum RequestState {
    /** The team gathers what is needed. */
    DRAFT,
    /** The operators look at it. */
    SUBMITTED,
    /** The operators want something changed; the team has it again. */
    CHANGES_REQUESTED,
    APPROVED,
    REJECTED,
    WITHDRAWN;

    /** The word used in the API: {@code changes-requested}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<RequestState> ofCode(String code) {
        return Stream.of(values()).filter(state -> state.code().equals(code)).findFirst();
    }

    /** Whether something can still become of it. At most one of an application is open. */
    public boolean open() {
        return editable() || this == SUBMITTED;
    }

    /** Whether the team may change what it asks for. */
    public boolean editable() {
        return this == DRAFT || this == CHANGES_REQUESTED;
    }
}

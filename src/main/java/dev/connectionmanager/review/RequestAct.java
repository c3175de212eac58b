package dev.connectionmanager.review;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be done to a request, and whose business that is. */
public enum RequestAct {
    EDIT(Side.TEAM),
    SUBMIT(Side.TEAM),
    WITHDRAW(Side.TEAM),
    CHECK(Side.BOTH),
    COMMENT(Side.BOTH),
    NOTE(Side.OPERATORS),
    ASSIGN(Side.OPERATORS),
    APPROVE(Side.OPERATORS),
    REJECT(Side.OPERATORS),
    REQUEST_CHANGES(Side.OPERATORS);

    private final Side side;

    RequestAct(Side side) {
        this.side = side;
    }

    Side side() {
        return side;
    }

    /** Whether it ends the operators' work on a submission. */
    public boolean decides() {
        return this == APPROVE || this == REJECT || this == REQUEST_CHANGES;
    }

    /** The word used in the API: {@code request-changes}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<RequestAct> decisionOfCode(String code) {
        return Stream.of(values())
                .filter(act -> act.decides() && act.code().equals(code))
                .findFirst();
    }

    enum Side {
        TEAM,
        OPERATORS,
        BOTH
    }
}

package dev.connectionmanager.review.rules;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
        return decisions().contains(this);
    }

    public static Set<RequestAct> decisions() {
        return EnumSet.of(APPROVE, REJECT, REQUEST_CHANGES);
    }

    /** The word used in the API: {@code request-changes}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<RequestAct> decisionOfCode(String code) {
        return decisions().stream().filter(act -> act.code().equals(code)).findFirst();
    }

    enum Side {
        TEAM,
        OPERATORS,
        BOTH
    }
}

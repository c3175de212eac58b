package dev.connectionmanager.registration.token;

import dev.connectionmanager.policy.Reason;

/** A token that is none, or works no more. What was written with it is undone. */
public final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    TokenRefused(Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    /** For whoever sent the token. */
    public Reason reason() {
        return reason;
    }
}

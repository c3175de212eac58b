package dev.connectionmanager.credential;

import dev.connectionmanager.policy.Reason;

/** A bearer token that reads as an API credential and does not work. */
public final class CredentialRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    CredentialRefused(Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    /** For whoever sent the token. */
    public Reason reason() {
        return reason;
    }
}

package dev.connectionmanager.credential;

import dev.connectionmanager.policy.Reason;

/** What somebody proves with who calls, an API credential or what was given for one, and that does not work. */
public final class CredentialRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public CredentialRefused(Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    /** For whoever sent the token. */
    public Reason reason() {
        return reason;
    }
}

package dev.connectionmanager.credential;

/** A bearer token that reads as an API credential and does not work. Its message is for whoever sent it. */
public final class CredentialRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CredentialRefused(String why) {
        super(why, null, false, false);
    }
}

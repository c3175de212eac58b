package dev.connectionmanager.start;

/** The portal cannot start; the message is one clear sentence or list for whoever started it. */
public final class StartRefused extends RuntimeException {
    StartRefused(String message) {
        super(message, null, false, false);
    }
}

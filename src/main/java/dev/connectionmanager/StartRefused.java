package dev.connectionmanager;

/** The portal cannot start; the message is one clear sentence or list for whoever started it. */
final class StartRefused extends RuntimeException {
    StartRefused(String message) {
        super(message, null, false, false);
    }
}

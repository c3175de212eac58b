package dev.connectionmanager.mail;

import java.util.UUID;

/** Encrypts the token of a one-time link while its letter waits. Whoever has the key lives above this room. */
public interface TokenSeal {
    /** @return letters, digits, hyphen and underscore, which only {@link #open} of this mail reads */
    String seal(String token, UUID mail);

    /** @throws IllegalArgumentException when this was sealed for another mail, with another key, or was altered */
    String open(String sealed, UUID mail);
}

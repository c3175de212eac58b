package dev.connectionmanager.testuser;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one wants to test, and what serves it.
 *
 * @param level of authentication assurance that a log-in must reach: 2 or 3
 * @param hscn whether the testers' devices are on the health and social care network
 * @param remote whether testers work where nobody can hand them a card, abroad too
 * @param several whether one device is used by several testers
 */
public record AuthenticatorChoice(int level, boolean hscn, boolean remote, boolean several) {
    /** What hangs on a device of one's own, or on one's telephone. */
    private static final Set<Authenticator> OF_ONE_PERSON = Set.of(Authenticator.WINDOWS_HELLO, Authenticator.IPAD);

    /** What somebody must hand over. */
    private static final Set<Authenticator> CARDS =
            Set.of(Authenticator.SMARTCARD_HSCN, Authenticator.SMARTCARD_INTERNET);

    /** Strongest first; never empty. */
    public List<Authenticator> serving() {
        return Stream.of(Authenticator.values())
                .filter(one -> one.level() >= level)
                .filter(one -> one != Authenticator.SMARTCARD_HSCN || hscn)
                .filter(one -> !remote || !CARDS.contains(one))
                .filter(one -> !several || !OF_ONE_PERSON.contains(one))
                .toList();
    }
}

package dev.connectionmanager.mail;

import java.util.Collection;
import java.util.List;

/**
 * Whom a letter is for.
 *
 * @param members people who have joined the team that it is about
 * @param strangers anybody else: an address that was only typed may be anybody's
 */
public record Recipients(Collection<String> members, Collection<String> strangers) {
    public Recipients {
        members = List.copyOf(members);
        strangers = List.copyOf(strangers);
    }

    public static Recipients strangers(Collection<String> addresses) {
        return new Recipients(List.of(), addresses);
    }
}

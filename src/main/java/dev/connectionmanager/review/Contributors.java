package dev.connectionmanager.review;

import dev.connectionmanager.team.Actor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who has a hand in what is done to a request: whoever does it, who made the credential that does it, and everybody in the
 * team at that moment. None of them decides on it, whatever team they are in by then.
 *
 * @param members the subjects of the team's members
 */
public record Contributors(Actor actor, UUID team, Set<String> members) {

    List<String> subjects() {
        return Stream.concat(Stream.of(actor.subject(), actor.maker()), members.stream())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}

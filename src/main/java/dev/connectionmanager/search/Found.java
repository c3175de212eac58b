package dev.connectionmanager.search;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.policy.Matches;
import dev.connectionmanager.registration.list.ClientSearch.Client;
import dev.connectionmanager.review.RequestList;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.TeamSearch.Person;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.stream.Stream;

/**
 * What a search found, by kind.
 *
 * @param hostInstead the host whose clients are shown, since none uses the whole address that was typed; else {@code null}
 */
@RecordBuilder
public record Found(
        Matches<Team> teams,
        Matches<Application> applications,
        Matches<Client> clients,
        Matches<RequestList.Row> requests,
        Matches<Person> people,
        String hostInstead)
        implements FoundBuilder.With {
    public static final Found NOTHING =
            new Found(Matches.none(), Matches.none(), Matches.none(), Matches.none(), Matches.none(), null);

    /** How many there are of all kinds; of each kind counted up to {@link dev.connectionmanager.policy.Total#COUNTED}. */
    public long total() {
        return Stream.of(teams, applications, clients, requests, people)
                .mapToLong(Matches::total)
                .sum();
    }
}

package dev.connectionmanager.search;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.registration.list.ClientSearch;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.TeamSearch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the audit trail calls the things that people know by their names: it has ids alone. */
@ApplicationScoped
public class TrailSubjects {
    /** Of a name so many are meant at most; who means others says more of the name. */
    public static final int MOST = 20;

    private final TeamSearch teams;
    private final Applications applications;
    private final ClientSearch clients;
    private final Requests requests;

    TrailSubjects(TeamSearch teams, Applications applications, ClientSearch clients, Requests requests) {
        this.teams = teams;
        this.applications = applications;
        this.clients = clients;
        this.requests = requests;
    }

    /**
     * The ids of teams; empty where none has such a name.
     *
     * @param typed a Team ID, also one of a team that has no access, or the beginnings of words of the name
     */
    public Set<String> teams(Actor actor, String typed) {
        return Ids.isUuid(typed)
                ? Set.of(Ids.uuid(typed).toString())
                : teams.teams(actor, typed, MOST).items().stream()
                        .map(Team::id)
                        .map(UUID::toString)
                        .collect(Collectors.toSet());
    }

    /** The ids of the registrations whose client ID begins so. */
    public Set<String> clients(Actor actor, String typed) {
        return clients.matches(actor, typed, MOST).items().stream()
                .map(ClientSearch.Client::registration)
                .filter(registration -> registration.clientId().startsWith(typed.toLowerCase(Locale.ROOT)))
                .map(registration -> registration.id().toString())
                .collect(Collectors.toSet());
    }

    /**
     * The ids of applications, and of their registrations and requests.
     *
     * @param typed the id of an application, also of one that was deleted, or the beginnings of words of the name
     */
    public Set<String> applications(Actor actor, String typed) {
        return named(actor, typed).stream()
                .flatMap(id -> Stream.of(Stream.of(id), registrations(actor, id), requests(actor, id))
                        .flatMap(ids -> ids))
                .map(UUID::toString)
                .collect(Collectors.toSet());
    }

    private List<UUID> named(Actor actor, String typed) {
        return Ids.isUuid(typed)
                ? List.of(Ids.uuid(typed))
                : applications.matches(actor, typed, MOST).items().stream()
                        .map(Application::id)
                        .toList();
    }

    private Stream<UUID> registrations(Actor actor, UUID application) {
        return clients.matches(actor, application.toString(), MOST).items().stream()
                .filter(client -> client.application().id().equals(application))
                .map(client -> client.registration().id());
    }

    private Stream<UUID> requests(Actor actor, UUID application) {
        var filter = RequestFilter.ofApplication(application);
        return requests.page(actor, filter, Order.NEWEST, null, MOST).items().stream()
                .map(row -> row.request().id());
    }
}

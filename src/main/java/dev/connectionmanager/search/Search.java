package dev.connectionmanager.search;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Matches;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.registration.list.ClientSearch;
import dev.connectionmanager.registration.list.RegisteredAddress;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.RequestList;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.rules.RequestNumber;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamSearch;
import dev.connectionmanager.team.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Finds whatever it is that somebody remembers a piece of, among what they may read: what is another team's does not exist. */
@ApplicationScoped
public class Search {
    /** More is no name or address of anything. */
    private static final int LONGEST = 2_100;

    private final Teams teams;
    private final TeamSearch people;
    private final Applications applications;
    private final ClientSearch clients;
    private final Requests requests;

    Search(Teams teams, TeamSearch people, Applications applications, ClientSearch clients, Requests requests) {
        this.teams = teams;
        this.people = people;
        this.applications = applications;
        this.clients = clients;
        this.requests = requests;
    }

    /**
     * @param typed a client ID, the beginnings of words of the name of a team, application or person, a Team ID or another id, a
     *     host, a whole address that is registered, or the number of a request
     * @param most of each kind at most so many
     */
    public Found find(Actor actor, String typed, int most) {
        var search = typed.strip();
        if (search.isEmpty() || search.length() > LONGEST) {
            return Found.NOTHING;
        }
        if (Ids.isUuid(search)) {
            return ofId(actor, Ids.uuid(search));
        }
        var number = RequestNumber.read(search);
        if (number.isPresent()) {
            return Found.NOTHING.withRequests(requests(actor, number.get(), most));
        }
        var address = RegisteredAddress.of(search);
        if (address.isEmpty() && SearchWords.beginningWith(search).isEmpty()) {
            return Found.NOTHING;
        }
        return address.filter(given -> given.whole() != null)
                .map(given -> at(actor, given, most))
                .orElseGet(() -> named(actor, search, most));
    }

    private Found named(Actor actor, String search, int most) {
        return new Found(
                people.teams(actor, search, most),
                applications.matches(actor, search, most),
                clients.matches(actor, search, most),
                requests(actor, search, most),
                people.people(actor, search, most),
                null);
    }

    /** Where nobody uses the whole address, those that use its host. */
    private Found at(Actor actor, RegisteredAddress address, int most) {
        var exactly = clients.using(actor, address, most);
        if (exactly.total() > 0) {
            return Found.NOTHING.withClients(exactly);
        }
        var onHost = clients.using(actor, address.hostOnly(), most);
        return Found.NOTHING.withClients(onHost).withHostInstead(onHost.total() > 0 ? address.host() : null);
    }

    /** The one thing that has this id. */
    private Found ofId(Actor actor, UUID id) {
        var team = unlessUnknown(() -> teams.find(actor, id));
        if (team.isPresent()) {
            return Found.NOTHING.withTeams(one(team.get()));
        }
        var application = unlessUnknown(() -> applications.find(actor, id));
        if (application.isPresent()) {
            return Found.NOTHING.withApplications(one(application.get()));
        }
        var client = clients.ofRegistration(actor, id);
        if (client.isPresent()) {
            return Found.NOTHING.withClients(one(client.get()));
        }
        return unlessUnknown(() -> requests.find(actor, id))
                .map(file -> Found.NOTHING.withRequests(
                        one(new RequestList.Row(file.request(), file.application(), file.team()))))
                .orElse(Found.NOTHING);
    }

    private Matches<RequestList.Row> requests(Actor actor, String search, int most) {
        var filter = RequestFilter.matching(search);
        var first = requests.page(actor, filter, Order.NEWEST, null, most).items();
        return first.isEmpty()
                ? Matches.none()
                : new Matches<>(
                        first, first.size() < most ? first.size() : requests.count(actor, filter, Order.NEWEST));
    }

    private static <T> Matches<T> one(T found) {
        return new Matches<>(List.of(found), 1);
    }

    private static <T> Optional<T> unlessUnknown(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (Refusal.NotFound unknown) {
            return Optional.empty();
        }
    }
}

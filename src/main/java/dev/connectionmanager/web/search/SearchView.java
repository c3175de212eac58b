package dev.connectionmanager.web.search;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.policy.Matches;
import dev.connectionmanager.registration.list.ClientSearch.Client;
import dev.connectionmanager.registration.list.ClientSearch.State;
import dev.connectionmanager.review.RequestList;
import dev.connectionmanager.search.Found;
import dev.connectionmanager.team.TeamSearch.Person;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Totals;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a search found, kind by kind.
 *
 * @param kind the one kind that is shown; empty = all
 * @param sections those kinds of which anything was found
 * @param hostInstead see {@link Found}
 */
record SearchView(String search, String kind, List<Section> sections, String hostInstead, boolean operator) {
    static SearchView of(String search, String kind, Found found, boolean operator, List<Environment> environments) {
        var names = new Names(operator, environments);
        var sections = Stream.of(
                        section("clients", "Clients", found.clients(), names::client),
                        section(
                                "applications",
                                "Applications",
                                found.applications(),
                                application -> new Hit(
                                        "/applications/" + application.id(),
                                        application.details().name(),
                                        Labels.categoryName(
                                                application.details().category().code()))),
                        section("requests", "Requests for production", found.requests(), names::request),
                        section(
                                "teams",
                                "Teams",
                                found.teams(),
                                team -> new Hit("/teams/" + team.id(), team.name(), "Team ID " + team.id())),
                        section("people", "People", found.people(), SearchView::person))
                .filter(section -> section.count() > 0)
                .filter(section -> kind.isEmpty() || section.kind().equals(kind))
                .toList();
        return new SearchView(search, kind, sections, found.hostInstead(), operator);
    }

    private static <T> Section section(String kind, String title, Matches<T> matches, Function<T, Hit> hit) {
        return new Section(
                kind, title, matches.total(), matches.items().stream().map(hit).toList());
    }

    private static Hit person(Person person) {
        var member = person.member();
        return new Hit(
                "/teams/" + person.team().id() + "/members",
                member.name().orElse(member.email()),
                member.name().map(name -> member.email() + ", ").orElse("")
                        + Labels.said(member.role()) + " of " + person.team().name()
                        + (member.joined() ? "" : ", invited"));
    }

    /** Whether there is anything to search for in what was typed. */
    public boolean words() {
        return search.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** {@code 7}, or {@code more than 10,000}. */
    public String total() {
        return Totals.said(sections.stream().mapToLong(Section::count).sum());
    }

    /** A list of one kind alone. */
    public String only(Section section) {
        return "/search?search=" + Labels.encoded(search) + "&kind=" + section.kind();
    }

    /** @param kind as addresses have it */
    record Section(String kind, String title, long count, List<Hit> hits) {
        public String said() {
            return Totals.said(count);
        }

        public boolean more() {
            return count > hits.size();
        }
    }

    /** One thing that was found: where it is, what it is called, and what else tells it from others. */
    record Hit(String address, String name, String hint) {}

    private record Names(boolean operator, List<Environment> environments) {
        Hit client(Client client) {
            var registration = client.registration();
            var name = environment(registration.environment());
            var deleted = client.state() == State.DELETED;
            return new Hit(
                    deleted && operator
                            ? "/review/clients?search=" + Labels.encoded(registration.clientId())
                            : "/applications/" + client.application().id()
                                    + (deleted ? "" : "/registrations/" + registration.environment()),
                    registration.clientId(),
                    client.application().details().name() + " in " + name + ", team "
                            + client.team().name()
                            + (client.state() == State.ACTIVE
                                    ? ""
                                    : ", " + client.state().code()));
        }

        Hit request(RequestList.Row row) {
            return new Hit(
                    (operator ? "/review/requests/" : "/requests/")
                            + row.request().id(),
                    row.request().number(),
                    row.application().details().name() + " in "
                            + environment(row.request().environment()) + ", team "
                            + row.team().name() + ", "
                            + Labels.stateName(row.request().state()).toLowerCase(Locale.UK));
        }

        private String environment(String id) {
            return environments.stream()
                    .filter(one -> one.id().equals(id))
                    .map(Environment::name)
                    .findFirst()
                    .orElse(id);
        }
    }
}

package dev.connectionmanager.web.team;

import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.registration.list.UncollectedSecrets;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.Labels;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What waits for a person in their teams, the most urgent first. */
@RequestScoped
class Waiting {
    private static final int MOST = 10;
    private static final Duration NEWS = Duration.ofDays(30);

    private final Requests requests;
    private final UncollectedSecrets secrets;
    private final Handovers handovers;
    private final Attestations attestations;
    private final EndpointProblems problems;
    private final Environments environments;
    private final Clock clock;

    Waiting(
            Requests requests,
            UncollectedSecrets secrets,
            Handovers handovers,
            Attestations attestations,
            EndpointProblems problems,
            Environments environments,
            Clock clock) {
        this.requests = requests;
        this.secrets = secrets;
        this.handovers = handovers;
        this.attestations = attestations;
        this.problems = problems;
        this.environments = environments;
        this.clock = clock;
    }

    /**
     * One thing to do.
     *
     * @param what it is, as a link
     * @param about which team or application, and since or until when
     */
    record Item(String address, String what, String about) {}

    /** For an operator nothing: their queue is elsewhere. */
    List<Item> of(Actor actor) {
        if (actor.operator() || actor.roles().isEmpty()) {
            return List.of();
        }
        return Stream.of(brokenEndpoints(actor), asked(actor), uncollected(actor), offers(actor), confirmations(actor))
                .flatMap(items -> items)
                .toList();
    }

    private Stream<Item> brokenEndpoints(Actor actor) {
        return problems.page(actor, new EndpointProblems.Filter("", "", null), null, MOST).items().stream()
                .map(one -> new Item(
                        "/applications/" + one.applicationId() + "/registrations/" + one.environment() + "/checks",
                        Labels.endpointName(one.field())
                                + (one.health().failing() ? ": an endpoint fails" : ": a certificate ends soon"),
                        one.application() + " in " + name(one.environment())));
    }

    private Stream<Item> asked(Actor actor) {
        var wanted = new RequestFilter(
                Set.of(RequestState.CHANGES_REQUESTED, RequestState.REJECTED),
                null,
                null,
                null,
                null,
                null,
                null,
                "",
                null);
        var since = clock.instant().minus(NEWS);
        return requests.page(actor, wanted, RequestFilter.Order.NEWEST, null, MOST).items().stream()
                .filter(row ->
                        row.request().state().open() || isSince(row.request().updatedAt(), since))
                .map(row -> new Item(
                        "/requests/" + row.request().id(),
                        row.request().state().open() ? "Operators ask for changes" : "A request was rejected",
                        row.application().details().name() + " in "
                                + name(row.request().environment())));
    }

    private static boolean isSince(Instant time, Instant since) {
        return time.isAfter(since);
    }

    private Stream<Item> uncollected(Actor actor) {
        return secrets.of(actor, MOST).stream()
                .map(one -> new Item(
                        "/applications/" + one.applicationId() + "/registrations/" + one.environment(),
                        "A client secret waits to be collected",
                        one.application() + " in " + name(one.environment())));
    }

    private Stream<Item> offers(Actor actor) {
        return handovers.offeredTo(actor).entrySet().stream()
                .map(one -> new Item(
                        "/teams/" + one.getKey() + "/handovers",
                        one.getValue() == 1
                                ? "An application is offered to your team"
                                : one.getValue() + " applications are offered to your team",
                        "Accept or refuse"));
    }

    private Stream<Item> confirmations(Actor actor) {
        return attestations.near(actor).stream()
                .map(one -> new Item(
                        "/teams/" + one.teamId() + "/attestation",
                        "Confirm members and contacts",
                        (one.overdueAt(clock.instant()) ? "It was due on " : "Due by ") + Labels.saidDay(one.dueAt())));
    }

    private String name(String environment) {
        return environments.find(environment).map(Environment::name).orElse(environment);
    }
}

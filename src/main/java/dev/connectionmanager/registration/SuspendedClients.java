package dev.connectionmanager.registration;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.verification.uri.ComparableUri;
import io.github.bucket4j.Bucket;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps suspended clients out: what operators have suspended does not come back as another client of the same team. Counted
 * are the clients that operators can resume, a deleted one for as long as they can restore it, each with every address that
 * it has had since it was suspended. What is refused is told to the operators in a transaction of its own.
 */
@ApplicationScoped
class SuspendedClients {
    private static final int TOLD_PER_CLIENT_AND_HOUR = 30;

    private final Stores.RegistrationStore store;
    private final Stores.RevisionStore revisions;
    private final ApplicationStore applications;
    private final Teams teams;
    private final Environments environments;
    private final RegistrationEvents events;
    private final Clock clock;
    private final LoadingCache<UUID, Bucket> told = CacheBuilder.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build(CacheLoader.from(client -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(TOLD_PER_CLIENT_AND_HOUR)
                            .refillGreedy(TOLD_PER_CLIENT_AND_HOUR, Duration.ofHours(1)))
                    .build()));

    SuspendedClients(
            Stores.RegistrationStore store,
            Stores.RevisionStore revisions,
            ApplicationStore applications,
            Teams teams,
            Environments environments,
            RegistrationEvents events,
            Clock clock) {
        this.store = store;
        this.revisions = revisions;
        this.applications = applications;
        this.teams = teams;
        this.environments = environments;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The same under the team's lock, shared with other registrations: the suspension of a client takes it alone, and of the two
     * one waits for the other.
     *
     * @return what {@link #tellNeighbours} tells once it is registered
     */
    List<Neighbour> lockAndRequireFree(
            Actor actor,
            Application application,
            String environment,
            Optional<RegistrationSnapshot> live,
            Candidate wanted) {
        teams.lockWithOthers(application.teamId());
        return requireFree(actor, application, environment, live, wanted);
    }

    /**
     * Judges the addresses that an application has not registered yet.
     *
     * @param live what they are to replace
     * @return those on the host of a suspended client
     * @throws Refusal.Conflict for an address of a suspended client of another registration
     */
    List<Neighbour> requireFree(
            Actor actor,
            Application application,
            String environment,
            Optional<RegistrationSnapshot> live,
            Candidate wanted) {
        var suspended = suspended(application, environment);
        if (suspended.isEmpty()) {
            return List.of();
        }
        var had = live.map(registered -> registered.metadata().asCandidate()).orElse(Candidate.EMPTY);
        var wantedAnew = added(had, wanted);
        var neighbours = new ArrayList<Neighbour>();
        for (var client : suspended) {
            var registration = client.registration();
            var its = addresses(registration);
            var other = live.filter(registered -> registered.registration().id().equals(registration.id()))
                    .isEmpty();
            for (var uri : wantedAnew) {
                var compared = ComparableUri.of(uri);
                if (other && its.stream().anyMatch(one -> one.address().equals(compared.address()))) {
                    refuseAddress(actor, client, application, uri);
                }
                if (its.stream().anyMatch(one -> one.place().equals(compared.place()))) {
                    neighbours.add(new Neighbour(client, uri));
                }
            }
        }
        return neighbours;
    }

    /** Tells the operators of addresses beside those of a suspended client, in the transaction that registers them. */
    void tellNeighbours(Actor actor, Application application, List<Neighbour> neighbours) {
        neighbours.forEach(neighbour -> tell(
                actor, neighbour.client(), RegistrationEvent.SUSPENDED_HOST_REGISTERED, application, neighbour.uri()));
    }

    /** @throws Refusal.Conflict for a client that is suspended */
    void requireDeletable(Actor actor, RegistrationSnapshot registered) {
        if (registered.registration().state() == Registration.State.SUSPENDED) {
            tellRefused(
                    registered,
                    () -> events.record(
                            actor, registered, RegistrationEvent.SUSPENDED_DELETION_REFUSED, null, null, Map.of()));
            throw new Refusal.Conflict(Reason.SUSPENDED, "deletion");
        }
    }

    /** Why the application stays with its team: a client of it is suspended, in whatever environment. */
    Optional<Refusal.Conflict> objectionToHandover(Application application) {
        return store.suspended(application.id(), restorableSince()).isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal.Conflict(Reason.SUSPENDED, "handover"));
    }

    /** Tells the operators that somebody tried to delete an application or to hand it over, while a client of it is suspended. */
    void tellKept(Actor actor, Application application, RegistrationEvent event) {
        store.suspended(application.id(), restorableSince()).stream()
                .findFirst()
                .ifPresent(registration -> {
                    var client = snapshot(application, registration);
                    tellRefused(client, () -> events.record(actor, client, event, null, null, Map.of()));
                });
    }

    private void refuseAddress(Actor actor, RegistrationSnapshot client, Application application, String uri) {
        tellRefused(client, () -> tell(actor, client, RegistrationEvent.SUSPENDED_ADDRESS_REFUSED, application, uri));
        var environment = environments.find(client.registration().environment()).orElseThrow();
        throw new Refusal.Conflict(
                        Reason.SUSPENDED,
                        "address",
                        uri,
                        client.application().details().name(),
                        environment.name())
                .with("environment", environment.id());
    }

    /** What is refused is rolled back: this is told all the same, of each client up to a number an hour. */
    private void tellRefused(RegistrationSnapshot client, Runnable telling) {
        if (told.getUnchecked(client.registration().id()).tryConsume(1)) {
            QuarkusTransaction.requiringNew().run(telling);
        }
    }

    private void tell(
            Actor actor, RegistrationSnapshot client, RegistrationEvent event, Application application, String uri) {
        var name = application.details().name();
        // One that was to be made with its registration is not there.
        var id = applications.findByIdOptional(application.id()).map(there -> there.id()
                .toString());
        events.record(
                actor, client, event, null, new Attempt(uri, name, id.orElse(null)), Map.of("uri", uri, "other", name));
    }

    private List<RegistrationSnapshot> suspended(Application application, String environment) {
        var all = store.suspended(environment, restorableSince());
        var ids = all.stream().map(Registration::applicationId).collect(Collectors.toSet());
        var ofTeam = applications.ofTeam(application.teamId(), ids).stream()
                .collect(Collectors.toMap(Application::id, one -> one));
        return all.stream()
                .filter(registration -> ofTeam.containsKey(registration.applicationId()))
                .map(registration -> snapshot(ofTeam.get(registration.applicationId()), registration))
                .toList();
    }

    private RegistrationSnapshot snapshot(Application application, Registration registration) {
        var revision = revisions.inForce(registration);
        return new RegistrationSnapshot(application, registration, revision.metadata(), revision.warnings());
    }

    private Instant restorableSince() {
        return clock.instant().minus(Registration.RESTORABLE);
    }

    /** All that it has had since it was suspended: whoever changes them meanwhile has not given them back. */
    private Set<ComparableUri> addresses(Registration registration) {
        var since = registration.suspension().orElseThrow().since();
        return revisions.since(registration, since).stream()
                .map(revision -> revision.metadata().asCandidate())
                .flatMap(SuspendedClients::uris)
                .map(ComparableUri::of)
                .collect(Collectors.toSet());
    }

    private static Stream<String> uris(Candidate candidate) {
        return members().flatMap(member -> member.values(candidate).stream());
    }

    private static Stream<ClientMember> members() {
        return Stream.of(ClientMember.values()).filter(ClientMember::uri);
    }

    private static List<String> added(Candidate before, Candidate wanted) {
        return members()
                .flatMap(member -> {
                    var had = member.values(before).stream()
                            .map(uri -> ComparableUri.of(uri).address())
                            .collect(Collectors.toSet());
                    return member.values(wanted).stream()
                            .filter(uri -> !had.contains(ComparableUri.of(uri).address()));
                })
                .distinct()
                .toList();
    }

    /** An address that is to be registered on the host of a suspended client. */
    record Neighbour(RegistrationSnapshot client, String uri) {}

    /** @param forApplicationId {@code null} for one that was to be made with its registration */
    private record Attempt(String uri, String forApplication, String forApplicationId) {}
}

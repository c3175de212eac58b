package dev.connectionmanager.application;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Handing an application over to another team: an owner offers it, an owner of the other team accepts. What belongs to
 * the application goes with it: its history, registrations, client IDs, secrets, drafts and requests. The contacts do
 * not: they are people of the team that gives it away. All acts take the application's lock, so that one wins.
 */
@ApplicationScoped
public class Handovers {
    /** So many unanswered offers may one team make to another in a day, or leave open: more would bury it. Policy. */
    private static final int MOST = 50;

    private final Stores.HandoverStore store;
    private final ApplicationStore applicationStore;
    private final Applications applications;
    private final List<ApplicationGuard> guards;
    private final Teams teams;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Clock clock;

    Handovers(
            Stores.HandoverStore store,
            ApplicationStore applicationStore,
            Applications applications,
            @All List<ApplicationGuard> guards,
            Teams teams,
            Outbox outbox,
            AuditTrail trail,
            Clock clock) {
        this.store = store;
        this.applicationStore = applicationStore;
        this.applications = applications;
        this.guards = guards;
        this.teams = teams;
        this.outbox = outbox;
        this.trail = trail;
        this.clock = clock;
    }

    /** The open offer of an application, for the team that made it. */
    public Optional<Handover> open(Actor actor, UUID applicationId) {
        var application = applications.find(actor, applicationId);
        return store.open(application.id()).filter(offer -> offer.openAt(clock.instant()));
    }

    /** The latest offer that the application's team made of it, whatever became of it. */
    public Optional<Handover> latest(Actor actor, UUID applicationId) {
        var application = applications.find(actor, applicationId);
        return store.latest(application.id(), application.teamId());
    }

    /**
     * One page of the open offers to a team, oldest first.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<Offered> offeredTo(Actor actor, UUID team, Cursor after, int limit) {
        teams.find(actor, team);
        var query = store.openTo(
                team, openSince(), after == null ? "true" : "(h.offeredAt, h.id) > (:afterTime, :afterId)");
        if (after != null) {
            query.setParameter("afterTime", after.time()).setParameter("afterId", after.id());
        }
        return Page.of(
                named(query.setMaxResults(limit + 1).getResultList()),
                limit,
                offered ->
                        Cursor.at(offered.offer().offeredAt(), offered.offer().id()));
    }

    /** To which of the actor's own teams offers are open, and how many. */
    public Map<UUID, Long> offeredTo(Actor actor) {
        return actor.roles().isEmpty()
                ? Map.of()
                : store.countOpenTo(actor.roles().keySet(), openSince());
    }

    /** How many offers to a team are open. */
    public int offeredTo(Actor actor, UUID team) {
        teams.find(actor, team);
        return Math.toIntExact(store.countOpenTo(team, openSince()));
    }

    /** @throws Refusal.NotFound when no offer of this id to this team is open */
    public Offered offered(Actor actor, UUID team, UUID id) {
        teams.find(actor, team);
        return named(store.openTo(team, openSince(), "h.id = :id")
                        .setParameter("id", id)
                        .getResultList())
                .stream()
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
    }

    /** The application, for whoever may offer it to another team. */
    public Application applicationToOffer(Actor actor, UUID applicationId) {
        return offerable(actor, applicationStore.existing(applicationId).orElseThrow(Refusal.NotFound::new));
    }

    /** An open offer, for whoever may accept or decline it. */
    public Offered offeredToDecide(Actor actor, UUID team, UUID id) {
        teams.find(actor, team);
        mustDecide(actor, team);
        return offered(actor, team, id);
    }

    private static void mustDecide(Actor actor, UUID team) {
        actor.mustBePerson();
        actor.mustBe(Role.OWNER, team);
    }

    private static Application offerable(Actor actor, Application application) {
        actor.mustRead(application.teamId());
        actor.mustBePerson();
        actor.mustBe(Role.OWNER, application.teamId());
        return application;
    }

    private List<Offered> named(List<Object[]> rows) {
        var from = rows.stream().map(row -> ((Handover) row[0]).fromTeam()).collect(Collectors.toSet());
        var names = teams.names(from);
        return rows.stream()
                .map(row -> {
                    var offer = (Handover) row[0];
                    return new Offered(offer, (Application) row[1], names.get(offer.fromTeam()));
                })
                .toList();
    }

    private Instant openSince() {
        return clock.instant().minus(Handover.OPEN_FOR);
    }

    /**
     * Offers an application to the team of a Team ID. Whether there is such a team, and what it may use, shows in
     * nothing that the offering team gets to see.
     *
     * @throws Refusal.Rejected for what is no Team ID
     * @throws Refusal.Conflict while another offer is open, for the team's own Team ID, and after so many offers to a
     *     team; while a client of the application is suspended
     */
    @Transactional
    public Handover offer(Actor actor, UUID applicationId, Parsed<HandoverCandidate> reading) {
        var application = lockAsOwner(actor, applicationId);
        Refusal.Rejected.ifBlocking(reading.and(HandoverRules.check(reading.candidate())));
        var to = Ids.uuid(reading.candidate().teamId());
        if (to.equals(application.teamId())) {
            throw new Refusal.Conflict(Reason.HANDOVER_OWN_TEAM);
        }
        applications.requireTransferable(actor, application);
        var now = clock.instant();
        store.open(applicationId).ifPresent(offer -> {
            if (offer.openAt(now)) {
                throw new Refusal.Conflict(Reason.HANDOVER_OPEN);
            }
            offer.end(Handover.State.LAPSED, now);
            store.flush();
        });
        if (store.unanswered(application.teamId(), to, now.minus(Duration.ofDays(1))) >= MOST) {
            throw new Refusal.Conflict(Reason.HANDOVER_LIMIT, MOST);
        }
        var offer = new Handover(application, to, actor.name(), now);
        store.persistAndFlush(offer);
        traceOffer(actor, application, offer);
        tell(
                "application-handover-offered",
                application,
                teams.known(application.teamId()).orElseThrow(),
                actor,
                to,
                "incoming-handover",
                Map.of("handover_id", offer.id().toString()));
        return offer;
    }

    /** @throws Refusal.NotFound when no offer is open, for example because the other team was faster */
    @Transactional
    public void withdraw(Actor actor, UUID applicationId) {
        var application = lockAsOwner(actor, applicationId);
        var offer = store.open(applicationId)
                .filter(open -> open.openAt(clock.instant()))
                .orElseThrow(Refusal.NotFound::new);
        offer.end(Handover.State.WITHDRAWN, clock.instant());
        trace(actor, application, offer, "application-offer-withdrawn", List.of(offer.fromTeam()));
    }

    /**
     * Accepts or declines an offer. With its acceptance the application is the team's, and of the team that gave it
     * nobody reaches it any more.
     *
     * @return the application
     * @throws Refusal.NotFound for an offer that was not made to this team
     * @throws Refusal.Conflict when the offer has ended, when the team may not use the application's category, while a
     *     client of the application is suspended, and for an address of a suspended client of this team
     */
    @Transactional
    public Application decide(Actor actor, UUID teamId, UUID id, Parsed<HandoverDecision> reading) {
        var team = teams.find(actor, teamId);
        // Asked for the application alone: the offer itself is read once the lock is held.
        var applicationId = store.applicationOf(id, teamId).orElseThrow(Refusal.NotFound::new);
        mustDecide(actor, teamId);
        Refusal.Rejected.ifBlocking(reading.and(HandoverRules.check(reading.candidate())));
        var application = applicationStore.lock(applicationId).orElseThrow(Handovers::ended);
        var offer = store.findByIdOptional(id)
                .filter(open -> open.openAt(clock.instant()))
                .orElseThrow(Handovers::ended);
        if (reading.candidate().accepts()) {
            receive(actor, application, offer, team, reading.candidate().contacts());
        } else {
            offer.end(Handover.State.DECLINED, clock.instant());
            trace(actor, application, offer, "application-declined");
            tellRefused("application-handover-declined", application, offer, actor);
        }
        return application;
    }

    /** Ends an offer that nobody answered in time, and tells the team that made it; does nothing to any other. */
    @Transactional
    void lapse(UUID id) {
        var offered = store.findByIdOptional(id).orElseThrow(Refusal.NotFound::new);
        var application =
                applicationStore.lockEvenDeleted(offered.applicationId()).orElseThrow();
        store.getEntityManager().refresh(offered);
        if (offered.endedAt() == null && offered.stateAt(clock.instant()) == Handover.State.LAPSED) {
            offered.end(Handover.State.LAPSED, clock.instant());
            trace(Actor.portal(), application, offered, "application-offer-lapsed", List.of(offered.fromTeam()));
            if (!application.deleted()) {
                tellRefused("application-handover-lapsed", application, offered, Actor.portal());
            }
        }
    }

    private void tellRefused(String code, Application application, Handover offer, Actor by) {
        var whose = teams.known(offer.fromTeam()).orElseThrow();
        tell(code, application, whose, by, whose.id(), "application");
    }

    private void receive(Actor actor, Application application, Handover offer, Team team, List<String> contacts) {
        var category = application.details().category();
        if (!team.categories().contains(category)) {
            throw new Refusal.Conflict(Reason.HANDOVER_CATEGORY, category.code());
        }
        applications.requireTransferable(actor, application);
        application.handTo(team.id(), contacts);
        offer.end(Handover.State.ACCEPTED, clock.instant());
        applicationStore.flush();
        trace(actor, application, offer, "application-handed-over");
        guards.forEach(guard -> guard.handedOver(actor, application));
        tell("application-handover-done", application, team, actor, offer.fromTeam(), "team");
        tell("application-handover-done", application, team, actor, team.id(), "application");
    }

    private Application lockAsOwner(Actor actor, UUID applicationId) {
        return offerable(actor, applicationStore.lock(applicationId).orElseThrow(Refusal.NotFound::new));
    }

    private void trace(Actor actor, Application application, Handover offer, String act) {
        trace(actor, application, offer, act, List.of(offer.fromTeam(), offer.toTeam()));
    }

    /**
     * In the chains of both. Of an offer to a Team ID that is no team's, the second line goes into the portal's own chain,
     * which operators read: as much is written as for a team (CWE-208).
     */
    private void traceOffer(Actor actor, Application application, Handover offer) {
        write(actor, application, offer, "application-offered", offer.fromTeam());
        var receiver = teams.known(offer.toTeam()).map(Team::id).orElse(null);
        write(actor, application, offer, "application-offered", receiver);
    }

    /** In the chains of these, where they are teams. */
    private void trace(Actor actor, Application application, Handover offer, String act, List<UUID> chains) {
        chains.stream()
                .filter(team -> teams.known(team).isPresent())
                .forEach(team -> write(actor, application, offer, act, team));
    }

    private void write(Actor actor, Application application, Handover offer, String act, UUID chain) {
        trail.write(actor.auditEntry(
                        act,
                        chain,
                        "application",
                        application.id().toString(),
                        application.version(),
                        null,
                        new AuditSnapshot(offer.fromTeam(), offer.toTeam()))
                .about(Map.of("application", application.details().name())));
    }

    private void tell(String code, Application application, Team named, Actor by, UUID whom, String page) {
        tell(code, application, named, by, whom, page, Map.of());
    }

    /**
     * @param whom the team whose owners are told
     * @param page where the letter leads
     * @param more arguments of the letter
     */
    private void tell(
            String code,
            Application application,
            Team named,
            Actor by,
            UUID whom,
            String page,
            Map<String, String> more) {
        var arguments = new HashMap<>(more);
        arguments.put("application", application.details().name());
        arguments.put("application_id", application.id().toString());
        arguments.put("team", named.name());
        arguments.put("team_id", whom.toString());
        arguments.put("by", by.name());
        outbox.postUnseen(new Letter(code, whom, arguments, page), teams.addresses(whom, Role.OWNER));
    }

    private static Refusal.Conflict ended() {
        return new Refusal.Conflict(Reason.HANDOVER_ENDED, Handover.OPEN_FOR.toDays());
    }

    /** An offer, with what the other team may know of the application before it accepts. */
    public record Offered(Handover offer, Application application, String fromTeamName) {}

    private record AuditSnapshot(UUID fromTeam, UUID toTeam) {}
}

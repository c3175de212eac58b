package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.ProductionRegistrations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.RequestContent;
import dev.connectionmanager.review.rules.RequestRules;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.TransitionRules;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a team does with its requests for production, and what anybody concerned may read of them. A request of a team that
 * the actor may not read is {@link Refusal.NotFound} in all acts.
 */
@ApplicationScoped
public class Requests {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final Stores.RequestStore store;
    private final Stores.EntryStore entries;
    private final RequestList list;
    private final RequestReviews files;
    private final ProductionRegistrations production;
    private final RequestJournal journal;
    private final Clock clock;

    Requests(
            Stores.RequestStore store,
            Stores.EntryStore entries,
            RequestList list,
            RequestReviews files,
            ProductionRegistrations production,
            RequestJournal journal,
            Clock clock) {
        this.store = store;
        this.entries = entries;
        this.list = list;
        this.files = files;
        this.production = production;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * One page of the requests that the actor may read.
     *
     * @param after the last one of the page before; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<RequestList.Row> page(
            Actor actor, RequestFilter filter, RequestFilter.Order order, Cursor after, int limit) {
        return list.page(actor, filter, order, after, limit);
    }

    /** How many requests are on all of these pages, counted up to {@link dev.connectionmanager.policy.Total#COUNTED}. */
    public long count(Actor actor, RequestFilter filter, RequestFilter.Order order) {
        return list.count(actor, filter, order);
    }

    public RequestReview find(Actor actor, UUID id) {
        return files.find(actor, id);
    }

    /**
     * The request, for whoever may do this to it, whether or not its state allows it now.
     *
     * @throws Refusal.NotAllowed for anybody else who may read it
     */
    public RequestReview findTo(RequestAct act, Actor actor, UUID id) {
        var file = find(actor, id);
        TransitionRules.mustBeAllowed(act, actor, file.application().teamId());
        return file;
    }

    /**
     * One page of what happened and what was said, the oldest first.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<RequestEntry> history(Actor actor, UUID id, Cursor after, int limit) {
        find(actor, id);
        return entries.page(id, false, after, limit);
    }

    /** @throws Refusal.NotFound for a note, and for what is of another request */
    public RequestEntry entry(Actor actor, UUID id, UUID entryId) {
        find(actor, id);
        return entries.find(id, entryId, false);
    }

    /** The latest of it; notes for those alone who may write them. */
    public History history(Actor actor, RequestReview file) {
        var id = file.request().id();
        var readsNotes = TransitionRules.allows(
                RequestAct.NOTE, actor, file.application().teamId());
        var latest = entries.latest(id, readsNotes, History.MOST + 1).stream()
                .collect(Collectors.partitioningBy(entry -> entry.kind() == RequestEntry.Kind.NOTE));
        var told = latest.get(false);
        var notes = latest.get(true);
        return new History(
                oldestFirst(told),
                oldestFirst(notes),
                told.size() > History.MOST,
                notes.size() > History.MOST,
                told.stream()
                        .filter(RequestEntry::verdict)
                        .findFirst()
                        .or(() -> told.size() > History.MOST ? entries.verdict(id) : Optional.empty()));
    }

    private static List<RequestEntry> oldestFirst(List<RequestEntry> latest) {
        var shown = new ArrayList<>(latest.subList(0, Math.min(History.MOST, latest.size())));
        Collections.reverse(shown);
        return shown;
    }

    /** The last request of each of these applications in each environment: the open one, where one is. */
    public List<ProductionRequest> latest(Actor actor, List<Application> applications) {
        applications.forEach(application -> actor.mustRead(application.teamId()));
        return store.latest(applications.stream().map(Application::id).toList());
    }

    /**
     * Requests that were rejected or withdrawn, of which this member of the team has not read; the last of each environment. For
     * others there are none.
     */
    public List<ProductionRequest> unread(Actor actor, UUID applicationId) {
        var team = production.application(applicationId).teamId();
        actor.mustRead(team);
        return actor.is(Role.VIEWER, team) ? store.unread(applicationId, actor.subject()) : List.of();
    }

    /** Notes that this member of the team has read how it ended; of what is open, and for others, nothing. */
    @Transactional
    public void read(Actor actor, RequestReview file) {
        var ended = !file.request().state().open() && file.request().state() != RequestState.APPROVED;
        if (ended && actor.is(Role.VIEWER, file.application().teamId())) {
            store.read(file.request().id(), actor.subject());
        }
    }

    /** The request of this application that is open in this environment. */
    public Optional<ProductionRequest> open(Actor actor, UUID applicationId, String environment) {
        var application = production.application(applicationId);
        actor.mustRead(application.teamId());
        return store.open(applicationId, environment);
    }

    /**
     * Where an application stands on its way to production.
     *
     * @throws Refusal.NotFound unless operators decide about this environment
     */
    public Outlook outlook(Actor actor, UUID applicationId, String environment) {
        var application = production.application(applicationId);
        actor.mustRead(application.teamId());
        production.environment(environment);
        var all = store.of(applicationId, environment);
        var standing = production.standing(actor, application, environment);
        var open = all.stream().filter(request -> request.state().open()).findFirst();
        return new Outlook(
                application,
                standing.rehearsed(),
                standing.live(),
                open,
                all.stream().filter(request -> !request.state().open()).toList(),
                open.map(request -> files.of(actor, request, application).readiness())
                        .orElseGet(() -> files.ahead(actor, application, standing, environment)));
    }

    /**
     * Opens a draft of what was sent.
     *
     * @param reading whatever could be read is kept, whether or not it breaks rules
     * @param precondition on the live registration
     * @throws Refusal.Rejected for what could not be read, and for what is too large to keep
     * @throws Refusal.Stale when the live registration is not in the state that the caller believes it to be in
     * @throws Refusal.Conflict when a request is open already; its argument names it
     */
    @Transactional
    public RequestReview open(
            Actor actor, UUID applicationId, String environment, Parsed<Candidate> reading, Precondition precondition) {
        var application = lock(actor, applicationId, environment);
        var live = production.live(application, environment);
        live.ifPresentOrElse(registered -> precondition.mustMatch(registered.tag()), precondition::mustExpectNothing);
        store.open(applicationId, environment).ifPresent(open -> {
            // Whoever never heard the answer to their first try finds their own request again.
            throw new Refusal.Conflict(Reason.REQUEST_OPEN, open.id())
                    .with("opened_by_you", open.isOpenedBy(actor))
                    .with("same_metadata", open.candidate().equals(reading.candidate()));
        });
        Refusal.Rejected.ifBlocking(reading.and(RegistrationRules.checkSize(reading.candidate())));
        return files.of(actor, begin(actor, application, environment, reading.candidate()), application);
    }

    /**
     * The open request there is; else a new one: of what is live, to change it; else of the nearest Path-to-Live
     * registration, whose URIs are asked anew because they differ in production.
     *
     * @param empty to begin with nothing instead
     */
    @Transactional
    public RequestReview start(Actor actor, UUID applicationId, String environment, boolean empty) {
        var application = lock(actor, applicationId, environment);
        var request = store.open(applicationId, environment).orElseGet(() -> {
            var live = production.live(application, environment).map(r -> r.metadata()
                    .asCandidate());
            var candidate = live.or(() -> empty ? Optional.empty() : carriedOver(application))
                    .orElse(Candidate.EMPTY);
            return begin(actor, application, environment, candidate);
        });
        return files.of(actor, request, application);
    }

    private Optional<Candidate> carriedOver(Application application) {
        return production
                .rehearsed(application)
                .map(RegistrationSnapshot::metadata)
                .map(ClientMetadata::asCandidate)
                .map(ClientMember::withoutUris);
    }

    private Application lock(Actor actor, UUID applicationId, String environment) {
        var application = production.lock(applicationId);
        actor.mustBe(Role.ADMIN, application.teamId());
        production.environment(environment);
        return application;
    }

    private ProductionRequest begin(Actor actor, Application application, String environment, Candidate candidate) {
        var now = clock.instant();
        var hands = files.hands(actor, application);
        var request = new ProductionRequest(hands, application.id(), environment, candidate, now);
        // Note and references go on: nobody need write them again.
        var last = files.lastAnswers(application, environment);
        if (!last.equals(Answers.NONE)) {
            request.edit(hands, candidate, last, now);
        }
        store.persistAndFlush(request);
        journal.enter(actor, request, application, RequestEntry.Kind.OPENED, null, List.of());
        journal.trace(actor, request, application, "request-opened", null, request.trace());
        return request;
    }

    /**
     * Changes what is asked for.
     *
     * @param change from what is asked now to what shall be
     * @param precondition {@code null} where the change fits whatever is there now
     * @throws Refusal.Rejected for what cannot be kept; metadata that break rules are kept
     * @throws Refusal.Conflict unless it is a draft or has changes requested
     */
    @Transactional
    public RequestReview edit(
            Actor actor, UUID id, Function<RequestContent, Parsed<RequestContent>> change, Precondition precondition) {
        var file = files.lock(actor, id);
        var request = file.request();
        var application = file.application();
        TransitionRules.mustBeAllowed(RequestAct.EDIT, actor, application.teamId());
        mustMatch(file, precondition);
        TransitionRules.requireTransition(request.state(), RequestAct.EDIT);
        var before = new RequestContent(request.candidate(), request.answers());
        var sent = change.apply(before);
        var after = sent.candidate();
        Refusal.Rejected.ifBlocking(sent.and(RegistrationRules.checkSize(after.candidate())
                .and(RequestRules.check(after.answers()))
                .and(RequestRules.checkPlanned(
                        before.answers(), after.answers(), LocalDate.now(clock.withZone(LONDON))))));
        if (after.candidate().equals(before.candidate()) && after.answers().equals(before.answers())) {
            return file;
        }
        request.edit(file.hands(actor), after.candidate(), after.answers(), clock.instant());
        store.flush();
        journal.traceEdit(actor, request, application, before, after);
        return files.refreshRisk(actor, file);
    }

    /**
     * Takes it back; another can be opened then.
     *
     * @param precondition {@code null} = in whatever state it is
     * @throws Refusal.Conflict when it has been decided about, or withdrawn before
     */
    @Transactional
    public RequestReview withdraw(Actor actor, UUID id, Precondition precondition) {
        var file = files.lock(actor, id);
        var request = file.request();
        TransitionRules.mustBeAllowed(
                RequestAct.WITHDRAW, actor, file.application().teamId());
        mustMatch(file, precondition);
        TransitionRules.requireTransition(request.state(), RequestAct.WITHDRAW);
        var before = request.standing();
        request.withdraw(clock.instant());
        request.close(file.candidate(), file.compared());
        store.flush();
        journal.enter(actor, request, file.application(), RequestEntry.Kind.WITHDRAWN, null, List.of());
        journal.trace(actor, request, file.application(), "request-withdrawn", before, request.standing());
        // A draft that nobody else has seen is no news.
        if (request.submittedAt().isPresent()) {
            journal.tellTeam("request-withdrawn", actor, file, null);
            journal.tellOperators("request-withdrawn", actor, file, null);
        }
        return files.again(actor, file);
    }

    /** Says something that both sides read; the other side is told by email, operators of what was submitted. */
    @Transactional
    public RequestEntry comment(Actor actor, UUID id, String text) {
        var file = files.lock(actor, id);
        var request = file.request();
        var team = file.application().teamId();
        TransitionRules.mustBeAllowed(RequestAct.COMMENT, actor, team);
        TransitionRules.requireTransition(request.state(), RequestAct.COMMENT);
        Refusal.Rejected.ifBlocking(RequestRules.checkText("comment", "comment", text));
        journal.trace(actor, request, file.application(), "request-commented", null, text);
        if (!actor.is(Role.ADMIN, team)) {
            journal.tellTeam("request-comment", actor, file, text);
        } else if (request.submittedAt().isPresent()) {
            // What the team writes down on a draft waits there until operators read it.
            journal.tellOperators("request-comment", actor, file, text);
        }
        return journal.say(actor, file, RequestEntry.Kind.COMMENT, text);
    }

    static void mustMatch(RequestReview file, Precondition precondition) {
        if (precondition != null) {
            RequestTag.read(file.tag()).mustMatch(precondition, file.request().state());
        }
    }

    /**
     * @param rehearsed the Path-to-Live registration that a request can be built from
     * @param closed requests that nothing more becomes of, the newest first
     * @param readiness of the open request; where none is, of what is rehearsed
     */
    public record Outlook(
            Application application,
            Optional<RegistrationSnapshot> rehearsed,
            Optional<RegistrationSnapshot> live,
            Optional<ProductionRequest> open,
            List<ProductionRequest> closed,
            List<ReadinessTask> readiness) {}
}

package dev.connectionmanager.review;

import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.audit.AuditSearch;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.RequestRules;
import dev.connectionmanager.review.rules.TransitionRules;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators do with requests. For anybody else a request of their own team is {@link Refusal.NotAllowed}. */
@ApplicationScoped
public class Reviews {
    private static final Set<String> FIELDS = fields();
    private static final Set<String> ROLES =
            Stream.of(Role.values()).map(Role::code).collect(Collectors.toUnmodifiableSet());
    private static final int FEW = 5;

    /** Who can be named to take a request. */
    public static final String ME = "me";

    public static final String NOBODY = "nobody";

    private final RequestReviews files;
    private final Stores.EntryStore entries;
    private final RequestJournal journal;
    private final Decisions decisions;
    private final AuditSearch trail;

    Reviews(
            RequestReviews files,
            Stores.EntryStore entries,
            RequestJournal journal,
            Decisions decisions,
            AuditSearch trail) {
        this.files = files;
        this.entries = entries;
        this.journal = journal;
        this.decisions = decisions;
        this.trail = trail;
    }

    /** What can be named when changes are requested: the metadata members, and the answers beside them. */
    public static Set<String> fields() {
        var fields = Stream.of(ClientMember.values()).map(ClientMember::code).collect(Collectors.toSet());
        fields.addAll(List.of(
                "note", "conformance_reference", "connection_agreement_reference", "private_key_jwt_planned_for"));
        return fields;
    }

    /**
     * Says who looks at it; another operator may take it over.
     *
     * @param sent {@code me}, which is taken when not given, or the actor's subject; {@code nobody} to give it back; or the name of
     *     whoever has it, which changes nothing
     * @param seen the subject of who had it when the actor looked, empty for nobody; {@code null} = whoever has it
     * @throws Refusal.Conflict unless it is submitted or has changes requested, and when somebody else was faster
     */
    @Transactional
    public RequestReview assign(Actor actor, UUID id, Parsed<String> sent, String seen) {
        var file = files.lock(actor, id);
        var request = file.request();
        TransitionRules.mustBeAllowed(
                RequestAct.ASSIGN, actor, file.application().teamId());
        var assignee = Objects.requireNonNullElse(sent.candidate(), ME);
        if (request.assigneeName().filter(assignee::equals).isPresent()) {
            Refusal.Rejected.ifBlocking(sent.violations());
            return file;
        }
        Refusal.Rejected.ifBlocking(sent.and(checkAssignee(actor, assignee)));
        TransitionRules.requireTransition(request.state(), RequestAct.ASSIGN);
        var toMe = !assignee.equals(NOBODY);
        var has = request.assignee().orElse("");
        if (has.equals(toMe ? actor.subject() : "")) {
            return file;
        }
        if (seen != null && !seen.equals(has)) {
            throw request.assigneeName()
                    .map(name -> new Refusal.Conflict(Reason.REQUEST_TAKEN, name))
                    .orElseGet(() -> new Refusal.Conflict(Reason.REQUEST_GIVEN_BACK));
        }
        var before = request.assigneeName().orElse(null);
        request.assign(toMe ? actor : null);
        journal.trace(
                actor,
                request,
                file.application(),
                "request-assigned",
                before,
                request.assigneeName().orElse(null));
        return files.refreshRisk(actor, file);
    }

    private static Violations checkAssignee(Actor actor, String assignee) {
        return Set.of(ME, NOBODY, actor.subject()).contains(assignee)
                ? Violations.NONE
                : new Violations(List.of(Violation.of("assignee", Rule.REQUEST_ASSIGNEE_INVALID)));
    }

    /**
     * One page of what operators wrote down for each other, the oldest first.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<RequestEntry> notes(Actor actor, UUID id, Cursor after, int limit) {
        mustBeAllowed(RequestAct.NOTE, actor, files.find(actor, id));
        return entries.page(id, true, after, limit);
    }

    /** @throws Refusal.NotFound for what is no note, and for what is of another request */
    public RequestEntry noted(Actor actor, UUID id, UUID noteId) {
        mustBeAllowed(RequestAct.NOTE, actor, files.find(actor, id));
        return entries.find(id, noteId, true);
    }

    /** Writes down something for the operators alone. */
    @Transactional
    public RequestEntry note(Actor actor, UUID id, String text) {
        var file = files.lock(actor, id);
        mustBeAllowed(RequestAct.NOTE, actor, file);
        Refusal.Rejected.ifBlocking(RequestRules.checkText("note", "note", text));
        journal.traceNote(actor, file.request(), file.application());
        return journal.say(actor, file, RequestEntry.Kind.NOTE, text);
    }

    /**
     * Decides about exactly what was read. Approval judges once more, issues the client ID, and makes no secret: that is
     * collected.
     *
     * @param precondition the entity tag of what was read
     * @throws Refusal.Stale when the request, the application, the result of its live checks or the live
     *     registration has moved on
     * @throws Refusal.NotAllowed for whoever had a hand in it, or belongs to its team
     * @throws Refusal.Conflict unless it is submitted, or when its live checks are too old
     * @throws Refusal.Rejected for an approval that a rule or a live check blocks, and for a decision without its reason
     */
    @Transactional
    public RequestReview decide(Actor actor, UUID id, Parsed<Decision> sent, Precondition precondition) {
        var file = files.lock(actor, id);
        var request = file.request();
        // Before anything is said about what was sent, sense or nonsense.
        for (var act : RequestAct.decisions()) {
            TransitionRules.mustBeAllowed(act, actor, file.application().teamId());
        }
        // First: whatever else is wrong, nobody goes on with a form about what is not there any more.
        Requests.mustMatch(file, precondition);
        var decision = sent.candidate();
        Refusal.Rejected.ifBlocking(sent.and(decision.check()));
        var act = decision.act().orElseThrow();
        TransitionRules.requireTransition(request.state(), act);
        requireFourEyes(actor, file);
        return switch (act) {
            case APPROVE -> decisions.approve(actor, file, decision.comment());
            case REJECT, REQUEST_CHANGES -> decisions.reject(actor, file, act, decision.comment(), decision.fields());
            default -> throw new IllegalStateException(act + " is no decision");
        };
    }

    /** When a client was suspended, the latest first; the last few. */
    public List<AuditEvent> suspensions(Actor actor, Registration registration) {
        actor.mustBeOperator();
        var filter = AuditFilter.ALL.of(registration.id().toString()).act("client-suspended");
        return trail.newestFirst(filter, null, FEW).items();
    }

    /** Why this operator leaves the decision to another one; empty where they may decide. */
    public Optional<Refusal.NotAllowed> leavesToOthers(Actor actor, RequestReview file) {
        try {
            requireFourEyes(actor, file);
            return Optional.empty();
        } catch (Refusal.NotAllowed notAllowed) {
            return Optional.of(notAllowed);
        }
    }

    /** Who joined one of its teams since it was opened has had a hand in it, even if they have left again. */
    private void requireFourEyes(Actor actor, RequestReview file) {
        var request = file.request();
        var teams = new HashSet<>(request.editorTeams());
        teams.add(file.application().teamId());
        TransitionRules.requireFourEyes(actor, request.editors(), teams);
        var chains = teams.stream().map(UUID::toString).collect(Collectors.toSet());
        if (trail.acted(actor.subject(), ROLES, chains, request.createdAt())) {
            throw new Refusal.NotAllowed(Reason.REQUEST_OWN_HAND);
        }
    }

    private static void mustBeAllowed(RequestAct act, Actor actor, RequestReview file) {
        TransitionRules.mustBeAllowed(act, actor, file.application().teamId());
        TransitionRules.requireTransition(file.request().state(), act);
    }

    /**
     * A decision as it was sent.
     *
     * @param outcome {@code approve}, {@code reject} or {@code request-changes}
     * @param comment to the team; {@code null} = none, which only an approval may have
     * @param fields which members are to be changed; empty for none in particular
     */
    public record Decision(String outcome, String comment, List<String> fields) {
        public Decision {
            fields = fields == null ? List.of() : fields.stream().distinct().toList();
        }

        /** Empty where the outcome is none of the three. */
        Optional<RequestAct> act() {
            return RequestAct.decisionOfCode(outcome);
        }

        public Violations check() {
            return act().map(act -> RequestRules.check(act, comment, fields, FIELDS))
                    .orElseGet(() -> new Violations(List.of(Violation.of("outcome", Rule.REQUEST_OUTCOME_INVALID))));
        }
    }
}

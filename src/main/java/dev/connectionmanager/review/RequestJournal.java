package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.registration.ProductionRegistrations;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.RequestContent;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** How acts on a request are told: in its own history, to the trail and by email. All in the transaction of the act. */
@ApplicationScoped
class RequestJournal {
    private final Stores.EntryStore entries;
    private final AuditTrail trail;
    private final Applications applications;
    private final ProductionRegistrations production;
    private final Outbox outbox;
    private final Clock clock;

    RequestJournal(
            Stores.EntryStore entries,
            AuditTrail trail,
            Applications applications,
            ProductionRegistrations production,
            Outbox outbox,
            Clock clock) {
        this.entries = entries;
        this.trail = trail;
        this.applications = applications;
        this.production = production;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @param text {@code null} = nothing was said */
    RequestEntry enter(
            Actor actor,
            ProductionRequest request,
            Application application,
            RequestEntry.Kind kind,
            String text,
            List<String> fields) {
        var role = actor.roleNameIn(application.teamId());
        var entry = new RequestEntry(request, kind, actor, role, text, fields, clock.instant());
        entries.persist(entry);
        return entry;
    }

    /** Enters what was said. */
    RequestEntry say(Actor actor, RequestReview file, RequestEntry.Kind kind, String text) {
        return enter(actor, file.request(), file.application(), kind, text, List.of());
    }

    void trace(
            Actor actor, ProductionRequest request, Application application, String act, Object before, Object after) {
        trail.write(actor.auditEntry(
                        act, application.teamId(), "request", request.id().toString(), request.version(), before, after)
                .about(names(request, application)));
    }

    /** Only what was changed: the rest stands in the trail already. */
    void traceEdit(
            Actor actor,
            ProductionRequest request,
            Application application,
            RequestContent before,
            RequestContent after) {
        var same = before.answers().equals(after.answers());
        trace(
                actor,
                request,
                application,
                "request-edited",
                same ? null : new Edit(null, before.answers()),
                new Edit(Change.between(before.candidate(), after.candidate()), same ? null : after.answers()));
    }

    /** Among operators: the team does not learn that there is a note. */
    void traceNote(Actor actor, ProductionRequest request, Application application) {
        trail.write(
                actor.auditEntry("request-noted", null, "request", request.id().toString(), null, null, null)
                        .about(names(request, application)));
    }

    private Map<String, String> names(ProductionRequest request, Application application) {
        return Map.of(
                "number", request.number(),
                "application", application.details().name(),
                "environment", production.environment(request.environment()).name());
    }

    /** @param text what was said with it; {@code null} = nothing */
    void tellTeam(String code, Actor actor, RequestReview file, String text) {
        var recipients = applications.addresses(file.application(), file.known().roster());
        outbox.post(letter(code, actor, file, text, "request"), recipients);
    }

    /** @param text what was said with it; {@code null} = nothing */
    void tellOperators(String code, Actor actor, RequestReview file, String text) {
        outbox.postToOperators(letter(code, actor, file, text, "request-review"));
    }

    private record Edit(List<Change> changes, Answers answers) {}

    private Letter letter(String code, Actor actor, RequestReview file, String text, String page) {
        var arguments = Map.of(
                "application", file.application().details().name(),
                "team", file.team().name(),
                "environment",
                        production.environment(file.request().environment()).name(),
                "request_id", file.request().id().toString(),
                "number", file.request().number(),
                "by", actor.name(),
                "fields", String.join(" ", file.request().fieldsToChange()),
                "comment", text == null ? "" : text);
        return new Letter(code, file.application().teamId(), arguments, page);
    }
}

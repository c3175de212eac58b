package dev.connectionmanager.review;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.registration.Application;
import dev.connectionmanager.registration.RegistrationLetters;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;

/** How acts on a request are told: in its own history, to the trail and by mail. All in the transaction of the act. */
@ApplicationScoped
class RequestJournal {
    private final Stores.EntryStore entries;
    private final AuditTrail trail;
    private final RegistrationLetters letters;
    private final Outbox outbox;
    private final Clock clock;

    RequestJournal(
            Stores.EntryStore entries, AuditTrail trail, RegistrationLetters letters, Outbox outbox, Clock clock) {
        this.entries = entries;
        this.trail = trail;
        this.letters = letters;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @param text {@code null} = nothing was said */
    RequestEntry enter(
            Actor actor,
            Request request,
            Application application,
            RequestEntry.Kind kind,
            String text,
            List<String> fields) {
        var entry = new RequestEntry(
                request, kind, actor, actor.roleNameIn(application.teamId()), text, fields, clock.instant());
        entries.persist(entry);
        return entry;
    }

    void trace(Actor actor, Request request, Application application, String act, Object before, Object after) {
        trail.write(actor.did(
                act, application.teamId(), "request", request.id().toString(), request.version(), before, after));
    }

    /** @param text what was said with it; {@code null} = nothing */
    void tellTeam(String code, Actor actor, Request request, Application application, String text) {
        outbox.post(
                letter(code, actor, request, application, text, "/requests/" + request.id()),
                letters.recipients(application));
    }

    /** @param text what was said with it; {@code null} = nothing */
    void tellOperators(String code, Actor actor, Request request, Application application, String text) {
        outbox.postToOperators(letter(code, actor, request, application, text, "/review/requests/" + request.id()));
    }

    private static Letter letter(
            String code, Actor actor, Request request, Application application, String text, String path) {
        var arguments = new HashMap<String, String>();
        arguments.put("application", application.details().name());
        arguments.put("environment", request.environment());
        arguments.put("by", actor.name());
        request.dueAt().ifPresent(due -> arguments.put("due", due.toString()));
        if (text != null && !text.isBlank()) {
            arguments.put("comment", text);
        }
        return new Letter(code, application.teamId(), arguments, path);
    }
}

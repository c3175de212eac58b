package dev.connectionmanager.web.review;

import dev.connectionmanager.application.AttestationReminders;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.review.Assignments;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** What is done to several at once, from the lists with boxes to tick; the page that follows says what became of each. */
@Path("/review")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class SeveralPages {
    /** More is on no page. */
    private static final int MOST = 100;

    private final Assignments assignments;
    private final AttestationReminders reminders;
    private final Actor actor;

    SeveralPages(Assignments assignments, AttestationReminders reminders, Actor actor) {
        this.assignments = assignments;
        this.reminders = reminders;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance several(SeveralView view);
    }

    @POST
    @Path("assignments")
    @FormPage("/review/requests")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance assign(@FormParam("requests") List<String> sent) {
        var rows = assignments.assign(actor, ids(sent), false, "").stream()
                .map(SeveralPages::row)
                .toList();
        return Templates.several(new SeveralView("Assign requests to me", "request", "/review/requests", rows));
    }

    @POST
    @Path("reminders")
    @FormPage("/review/attestations")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance remind(@FormParam("teams") List<String> sent) {
        var rows = reminders.remindAgain(actor, ids(sent)).stream()
                .map(reminded -> new SeveralView.Row(
                        "/teams/" + reminded.teamId() + "/attestation",
                        reminded.team(),
                        reminded.outcome() == AttestationReminders.Result.SENT,
                        said(reminded.outcome())))
                .toList();
        return Templates.several(new SeveralView("Remind teams", "team", "/review/attestations", rows));
    }

    private static SeveralView.Row row(Assignments.Assignment outcome) {
        return new SeveralView.Row(
                "/review/requests/" + outcome.id(),
                outcome.file()
                        .map(file -> file.request().number() + ", "
                                + file.application().details().name())
                        .orElse(outcome.id().toString()),
                outcome.refused().isEmpty(),
                outcome.refused().map(RuleSentences::of).orElse("Assigned to you."));
    }

    private static String said(AttestationReminders.Result outcome) {
        return switch (outcome) {
            case SENT -> "Its owners are told by email.";
            case JUST_REMINDED -> "It was reminded less than a day ago. Nothing was sent.";
            case NOT_OVERDUE -> "It is not overdue any more. Nothing was sent.";
            case NO_OWNER ->
                "No owner has joined, so there is nobody to write to. Name an owner on the page of the team.";
            case UNKNOWN -> "There is no such team.";
        };
    }

    private static List<UUID> ids(List<String> sent) {
        return sent.stream().filter(Ids::isUuid).map(Ids::uuid).limit(MOST).toList();
    }

    /**
     * @param title what was asked for
     * @param thing what each row is, in the singular
     * @param list where they were ticked
     */
    record SeveralView(String title, String thing, String list, List<Row> rows) {
        public long done() {
            return rows.stream().filter(Row::done).count();
        }

        /** @param said what became of it */
        record Row(String address, String name, boolean done, String said) {}
    }
}

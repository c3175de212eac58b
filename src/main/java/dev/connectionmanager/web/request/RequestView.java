package dev.connectionmanager.web.request;

import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.review.History;
import dev.connectionmanager.review.RequestEntry;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.layout.MetadataComparison;
import dev.connectionmanager.web.layout.ReportView;
import dev.connectionmanager.web.layout.SuccessMessages;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * A request as its team sees it.
 *
 * @param found what is shown as errors: what the last attempt met, and what the live checks saw
 * @param done code of what was just done; empty for nothing
 * @param comment what was typed and not taken; empty for nothing
 * @param mayChange whether this person may work on it
 * @param workingDays of the service level
 */
@RecordBuilder
record RequestView(
        RequestReview file,
        String environmentName,
        History history,
        Violations found,
        String done,
        String comment,
        boolean mayChange,
        int workingDays,
        Instant now)
        implements RequestViewBuilder.With {

    /** What was just done, in words; {@code null} for nothing. */
    public String doneSaid() {
        return SuccessMessages.said(done);
    }

    /** What the live checks have just found, in words; {@code null} when none were run just now. */
    public String checked() {
        return done.equals("checked") ? ReportView.said(reports()) : null;
    }

    public String base() {
        return "/requests/" + file.request().id();
    }

    public String questions() {
        return editing() ? base() + "/questions" : null;
    }

    public String registration() {
        return "/applications/" + file.application().id() + "/registrations/"
                + file.request().environment();
    }

    public FormErrors errors() {
        return FormErrors.of(found);
    }

    /** What is worth a look, whether or not somebody has tried to submit. */
    public FormErrors warnings() {
        return FormErrors.of(file.found().warnings());
    }

    public boolean editing() {
        return mayChange && file.request().state().editable();
    }

    public boolean withdrawable() {
        return mayChange && file.request().state().open();
    }

    public boolean submitted() {
        return file.request().state() == RequestState.SUBMITTED;
    }

    public boolean changesRequested() {
        return file.request().state() == RequestState.CHANGES_REQUESTED;
    }

    public boolean withdrawn() {
        return file.request().state() == RequestState.WITHDRAWN;
    }

    /** Where another request begins. */
    public String outlook() {
        return "/applications/" + file.application().id() + "/requests/"
                + file.request().environment();
    }

    /** The question about something that operators want changed. */
    public String address(String field) {
        return field.equals("application_type")
                ? "/applications/" + file.application().id() + "/details"
                : TaskLinks.of(base() + "/questions", field);
    }

    /** Where what there is to do can be done. */
    public TaskLinks places() {
        return new TaskLinks(file.application(), file.compared(), editing() ? file.request() : null);
    }

    public boolean draft() {
        return file.request().state() == RequestState.DRAFT;
    }

    public boolean rejected() {
        return file.request().state() == RequestState.REJECTED;
    }

    public boolean open() {
        return file.request().state().open();
    }

    public Answers answers() {
        return file.request().answers();
    }

    public boolean approved() {
        return file.request().state() == RequestState.APPROVED;
    }

    /** Whether no operator has judged it: the rules have approved it. */
    public boolean approvedByRule() {
        return approved()
                && file.request()
                        .decidedBy()
                        .filter(Actor.portal().subject()::equals)
                        .isPresent();
    }

    /** Whether the service level is missed. */
    public boolean late() {
        return submitted() && file.request().dueAt().filter(now::isAfter).isPresent();
    }

    /** The last decision that asked for changes, or turned it down. */
    public RequestEntry verdict() {
        return history.verdict().orElse(null);
    }

    public List<MetadataComparison> sideBySide() {
        return file.live()
                .map(live -> MetadataComparison.of(live.metadata().asCandidate(), file.candidate()))
                .orElse(List.of());
    }

    public List<ReportView> reports() {
        return file.request().reports().stream().map(ReportView::new).toList();
    }

    public boolean hasEndpoints() {
        return ClientEndpoint.any(file.candidate());
    }

    /** What stops a submission. */
    public List<ReadinessTask> needed() {
        return file.readiness().stream().filter(task -> task.kind().blocking()).toList();
    }

    /** What would be wise. */
    public List<ReadinessTask> advised() {
        return file.readiness().stream().filter(task -> !task.kind().blocking()).toList();
    }
}

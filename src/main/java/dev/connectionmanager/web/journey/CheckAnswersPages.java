package dev.connectionmanager.web.journey;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.check.AskedCheck.Details;
import dev.connectionmanager.registration.check.AskedCheck.Subject;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.check.AskedCheckAnswers;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.FormSubmission;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.ReportView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** How a registration journey ends: answers checked and registered, once; or discarded. */
@Path("/applications/{application_id}/registrations/{environment}/draft")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class CheckAnswersPages {
    private static final String CHECK = "/applications/{application_id}/registrations/{environment}/draft/check";

    private final Journey journey;
    private final Registrations registrations;
    private final Drafts drafts;
    private final Applications applications;
    private final AskedCheckAnswers checks;
    private final Actor actor;
    private final RefusedForm refused;
    private final FormSubmission submission;

    CheckAnswersPages(
            Journey journey,
            Registrations registrations,
            Drafts drafts,
            Applications applications,
            AskedCheckAnswers checks,
            Actor actor,
            RefusedForm refused,
            FormSubmission submission) {
        this.journey = journey;
        this.registrations = registrations;
        this.drafts = drafts;
        this.applications = applications;
        this.checks = checks;
        this.actor = actor;
        this.refused = refused;
        this.submission = submission;
    }

    @CheckedTemplate(basePath = "journey")
    static class Templates {
        static native TemplateInstance check(CheckView view);

        static native TemplateInstance registered(RegistrationResult outcome, Environment environment);

        static native TemplateInstance gone(RegistrationSnapshot registered);

        static native TemplateInstance stale(QuestionPage page, List<Change> changes);

        static native TemplateInstance discard(QuestionPage page);
    }

    @GET
    @Path("check")
    public Response check(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var draft = drafts.find(actor, id, environment);
        if (draft.isEmpty()) {
            // A colleague has registered or discarded it since the page was opened.
            return refused.refusal().isPresent()
                    ? Response.ok(Templates.gone(registrations.find(actor, id, environment)))
                            .build()
                    : Redirect.to("/applications/" + id);
        }
        // Not the answers have changed, but what is registered.
        if (draft.get().tag().equals(refused.text("tag", "")) && refused.is(Refusal.Stale.class)) {
            var changes = drafts.changedSince(actor, draft.get());
            return Response.ok(Templates.stale(question(id, environment, Violations.NONE), changes))
                    .build();
        }
        return Response.ok(checkPage(draft.get())).build();
    }

    /** Looks at the endpoints that the draft names; issues nothing. */
    @POST
    @Path("live-checks")
    @FormPage(CHECK)
    public Response look(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var draft = drafts.find(actor, id, environment).orElseThrow(Refusal.NotFound::new);
        return checks.ask(new Details(
                Subject.DRAFT,
                draft.id(),
                draft.applicationId(),
                draft.environment(),
                Journey.address(draft, "check#checks")));
    }

    /** Registers, once: this answer shows client ID and secret; sent again, it says that they were shown. */
    @POST
    @Path("registration")
    @FormPage(CHECK)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response register(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("draft") String draft,
            @FormParam("tag") String tag) {
        var draftId = Ids.uuid(draft == null ? "" : draft);
        var found = drafts.find(actor, id, environment)
                .filter(one -> one.id().equals(draftId))
                .orElseThrow(() -> new Refusal.Conflict(Reason.DRAFT_ENDED));
        if (!found.tag().equals(tag)) {
            // What was on the page is no longer what would be registered.
            throw new Refusal.Stale();
        }
        if (found.changesRegistration()
                && registrations.preview(actor, found).changes().isEmpty()) {
            drafts.discard(actor, id, environment);
            return Redirect.to("/applications/" + id + "/registrations/" + environment + "?done=nothing-changed");
        }
        var outcome = registrations.register(actor, found);
        return submission.showOnce(
                Templates.registered(outcome, registrations.pathToLive(environment)),
                "/applications/" + id + "/registrations/" + environment,
                outcome.registered().registration().clientId());
    }

    /** The draft goes on top of the registration as it is now, after its author has seen what another changed. */
    @POST
    @Path("rebase")
    @FormPage(CHECK)
    public Response rebase(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return Journey.to(drafts.rebase(actor, id, environment), "check");
    }

    @GET
    @Path("discard")
    public TemplateInstance confirmDiscard(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return Templates.discard(question(id, environment, Violations.NONE));
    }

    @POST
    @Path("discard")
    public Response discard(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var application = applications.find(actor, id);
        if (drafts.find(actor, application.id(), environment).isPresent()) {
            drafts.discard(actor, application.id(), environment);
        }
        return Redirect.to("/applications/" + application.id() + "?done=draft-discarded");
    }

    /** Until somebody has tried to register it, nothing is told as wrong but what was seen. */
    private TemplateInstance checkPage(Draft draft) {
        var preview = registrations.preview(actor, draft);
        var judged = journey.judge(draft);
        var found = (refused.is(Refusal.Rejected.class) ? judged : judged.warnings()).and(preview.live());
        return Templates.check(
                new CheckView(question(draft.applicationId(), draft.environment(), found), draft, preview));
    }

    private QuestionPage question(UUID applicationId, String environment, Violations found) {
        return journey.question(applicationId, environment, JourneyStep.CLIENT_NAME, "", found);
    }

    record CheckView(QuestionPage page, Draft draft, Registrations.Preview preview) {
        public List<ReportView> reports() {
            return draft.reports().stream().map(ReportView::new).toList();
        }

        /** What is wrong, each with the answer that it is about. */
        public FormErrors errors() {
            return FormErrors.of(page.found());
        }

        /** The questions that have their answers; all of them where a registration is changed. */
        public List<String> answered() {
            return page.changesRegistration() ? ClientMember.questions() : draft.answered();
        }

        /** Whether there is anything to save. */
        public boolean unchanged() {
            return page.changesRegistration() && preview.changes().isEmpty();
        }

        public boolean hasEndpoints() {
            return ClientEndpoint.any(page.candidate());
        }
    }
}

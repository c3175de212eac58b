package dev.connectionmanager.web.journey;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.check.LiveChecks;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.FormSubmission;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How a registration journey ends: answers checked and registered, once; or discarded. */
@Path("/applications/{application_id}/registrations/{environment}/draft")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class CheckAnswersPages {
    private final Journey journey;
    private final Registrations registrations;
    private final Drafts drafts;
    private final Applications applications;
    private final LiveChecks checks;
    private final Actor actor;
    private final FormSubmission submission;

    CheckAnswersPages(
            Journey journey,
            Registrations registrations,
            Drafts drafts,
            Applications applications,
            LiveChecks checks,
            Actor actor,
            FormSubmission submission) {
        this.journey = journey;
        this.registrations = registrations;
        this.drafts = drafts;
        this.applications = applications;
        this.checks = checks;
        this.actor = actor;
        this.submission = submission;
    }

    @CheckedTemplate(basePath = "journey")
    static class Templates {
        static native TemplateInstance check(CheckView view);

        static native TemplateInstance registered(RegistrationResult outcome);

        static native TemplateInstance gone(RegistrationSnapshot registered);

        static native TemplateInstance stale(QuestionPage page, List<Change> changes);

        static native TemplateInstance discard(QuestionPage page);
    }

    @GET
    @Path("check")
    public Response check(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return drafts.find(actor, id, environment).isPresent()
                ? Response.ok(checkPage(id, environment, "", false)).build()
                : Redirect.to("/applications/" + id);
    }

    /** Looks at the endpoints that the draft names; issues nothing. */
    @POST
    @Path("live-checks")
    public Response look(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var draft = drafts.find(actor, id, environment).orElseThrow(Refusal.NotFound::new);
        try {
            checks.run(actor, draft);
            return Journey.to(draft, "check#checks");
        } catch (Refusal.TooMany busy) {
            return busyPage(draft.applicationId(), environment, busy);
        }
    }

    /** Registers, once: this answer shows client ID and secret; sent again, it says that they were shown. */
    @POST
    @Path("registration")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response register(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("draft") String draft,
            @FormParam("tag") String tag) {
        var applicationId = id;
        var draftId = Ids.uuid(draft == null ? "" : draft);
        var found = find(applicationId, environment, draftId);
        try {
            if (found.isEmpty()) {
                return gonePage(applicationId, environment);
            }
            return found.get().tag().equals(tag) ? register(found.get()) : editedPage(applicationId, environment);
        } catch (Refusal.Rejected rejected) {
            return Response.status(422)
                    .entity(checkPage(applicationId, environment, "", true))
                    .build();
        } catch (Refusal.TooMany busy) {
            return busyPage(applicationId, environment, busy);
        } catch (Refusal.Stale stale) {
            var now = find(applicationId, environment, draftId);
            if (now.isEmpty()) {
                return gonePage(applicationId, environment);
            }
            return now.get().tag().equals(tag)
                    ? stalePage(applicationId, environment, now.get())
                    : editedPage(applicationId, environment);
        } catch (Refusal.Conflict conflict) {
            return gonePage(applicationId, environment);
        }
    }

    /** The draft goes on top of the registration as it is now, after its author has seen what another changed. */
    @POST
    @Path("rebase")
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

    private Optional<Draft> find(UUID applicationId, String environment, UUID draftId) {
        return drafts.find(actor, applicationId, environment)
                .filter(draft -> draft.id().equals(draftId));
    }

    /** What was on the page is no longer what would be registered. */
    private Response editedPage(UUID applicationId, String environment) {
        return Response.status(Response.Status.PRECONDITION_FAILED)
                .entity(checkPage(
                        applicationId,
                        environment,
                        "Somebody else has changed these answers since you looked at them. Nothing was registered. This is"
                                + " how they are now: check them once more.",
                        false))
                .build();
    }

    private Response register(Draft draft) {
        var outcome = registrations.register(actor, draft);
        return submission.showOnce(
                Templates.registered(outcome),
                "/applications/" + draft.applicationId() + "/registrations/" + draft.environment(),
                outcome.registered().registration().clientId());
    }

    /** A colleague has registered or discarded the draft since the page was opened. */
    private Response gonePage(UUID applicationId, String environment) {
        return Response.status(Response.Status.CONFLICT)
                .entity(Templates.gone(registrations.find(actor, applicationId, environment)))
                .build();
    }

    private Response stalePage(UUID applicationId, String environment, Draft draft) {
        return Response.status(Response.Status.PRECONDITION_FAILED)
                .entity(Templates.stale(
                        question(applicationId, environment, Violations.NONE), drafts.changedSince(actor, draft)))
                .build();
    }

    private Response busyPage(UUID applicationId, String environment, Refusal.TooMany busy) {
        return Response.status(Response.Status.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, busy.retryAfterSeconds())
                .entity(checkPage(
                        applicationId,
                        environment,
                        "Your endpoints could not be checked just now: too many checks were asked for in a short time. "
                                + "Your answers are kept. Wait " + busy.retryAfterSeconds()
                                + " seconds, then try again.",
                        false))
                .build();
    }

    /** @param sent whether somebody has tried to register it: before that, nothing is told as wrong but what was seen */
    private TemplateInstance checkPage(UUID applicationId, String environment, String notice, boolean sent) {
        var draft = drafts.find(actor, applicationId, environment).orElseThrow(Refusal.NotFound::new);
        var preview = registrations.preview(actor, draft);
        var judged = journey.judge(draft);
        var found = (sent ? judged : judged.warnings()).and(preview.live());
        return Templates.check(new CheckView(question(applicationId, environment, found), draft, preview, notice));
    }

    private QuestionPage question(UUID applicationId, String environment, Violations found) {
        return journey.question(applicationId, environment, JourneyStep.CLIENT_NAME, "", found);
    }

    /** @param notice what kept the last attempt from being made; empty for nothing */
    record CheckView(QuestionPage page, Draft draft, Registrations.Preview preview, String notice) {
        public List<ReportView> reports() {
            return draft.reports().stream().map(ReportView::new).toList();
        }

        public boolean hasEndpoints() {
            return ClientEndpoint.any(page.candidate());
        }
    }
}

package dev.connectionmanager.web;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Change;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.registration.LiveChecks;
import dev.connectionmanager.registration.Registered;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
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
import java.util.UUID;

/** How a registration journey ends: answers checked and registered, once; or discarded. */
@Path("/applications/{application_id}/registrations/{environment}/draft")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class JourneyEndPages {
    private final Journey journey;
    private final Registrations registrations;
    private final Drafts drafts;
    private final LiveChecks checks;
    private final CurrentActor actor;

    JourneyEndPages(
            Journey journey, Registrations registrations, Drafts drafts, LiveChecks checks, CurrentActor actor) {
        this.journey = journey;
        this.registrations = registrations;
        this.drafts = drafts;
        this.checks = checks;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "journey")
    static class Templates {
        static native TemplateInstance check(CheckView view);

        static native TemplateInstance registered(Registrations.Outcome outcome);

        static native TemplateInstance alreadyRegistered(Registered registered);

        static native TemplateInstance stale(Question page, List<Change> changes);

        static native TemplateInstance discard(Question page);
    }

    @GET
    @Path("check")
    public TemplateInstance check(
            @PathParam("application_id") String id, @PathParam("environment") String environment) {
        return checkPage(Ids.uuid(id), environment, "");
    }

    /** Looks at the endpoints that the draft names; issues nothing. */
    @POST
    @Path("live-checks")
    public Response look(@PathParam("application_id") String id, @PathParam("environment") String environment) {
        var draft = drafts.find(actor.get(), Ids.uuid(id), environment).orElseThrow(Refusal.NotFound::new);
        try {
            checks.run(actor.get(), draft);
            return Journey.to(draft, "check");
        } catch (Refusal.TooMany busy) {
            return busyPage(draft.applicationId(), environment, busy);
        }
    }

    /** Registers, once: this answer shows client ID and secret; sent again, it says that they were shown. */
    @POST
    @Path("registration")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response register(
            @PathParam("application_id") String id,
            @PathParam("environment") String environment,
            @FormParam("draft") String draft) {
        var applicationId = Ids.uuid(id);
        var draftId = Ids.uuid(draft == null ? "" : draft);
        var found = drafts.find(actor.get(), applicationId, environment).filter(d -> d.id().equals(draftId));
        try {
            return found.isPresent() ? register(found.get()) : alreadyRegistered(applicationId, environment, draftId);
        } catch (Refusal.Rejected rejected) {
            return Response.status(422)
                    .entity(checkPage(applicationId, environment, ""))
                    .build();
        } catch (Refusal.TooMany busy) {
            return busyPage(applicationId, environment, busy);
        } catch (Refusal.Stale stale) {
            return stalePage(applicationId, environment, found.get());
        } catch (Refusal.Conflict conflict) {
            return alreadyRegistered(applicationId, environment, draftId);
        }
    }

    /** The draft goes on top of the registration as it is now, after its author has seen what another changed. */
    @POST
    @Path("rebase")
    public Response rebase(@PathParam("application_id") String id, @PathParam("environment") String environment) {
        return Journey.to(drafts.rebase(actor.get(), Ids.uuid(id), environment), "check");
    }

    @GET
    @Path("discard")
    public TemplateInstance confirmDiscard(
            @PathParam("application_id") String id, @PathParam("environment") String environment) {
        return Templates.discard(question(Ids.uuid(id), environment, Violations.NONE));
    }

    @POST
    @Path("discard")
    public Response discard(@PathParam("application_id") String id, @PathParam("environment") String environment) {
        drafts.discard(actor.get(), Ids.uuid(id), environment);
        return Redirect.to("/applications/" + Ids.uuid(id));
    }

    private Response register(Draft draft) {
        return Response.ok(Templates.registered(registrations.register(actor.get(), draft)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Response alreadyRegistered(UUID applicationId, String environment, UUID draftId) {
        var registered = registrations.find(actor.get(), applicationId, environment);
        if (!registrations.answered(draftId)) {
            throw new Refusal.NotFound();
        }
        return Response.status(Response.Status.CONFLICT)
                .entity(Templates.alreadyRegistered(registered))
                .build();
    }

    private Response stalePage(UUID applicationId, String environment, Draft draft) {
        return Response.status(Response.Status.PRECONDITION_FAILED)
                .entity(Templates.stale(
                        question(applicationId, environment, Violations.NONE), drafts.changedSince(actor.get(), draft)))
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
                                + " seconds, then try again."))
                .build();
    }

    private TemplateInstance checkPage(UUID applicationId, String environment, String notice) {
        var draft = drafts.find(actor.get(), applicationId, environment).orElseThrow(Refusal.NotFound::new);
        var preview = registrations.preview(actor.get(), draft);
        var found = journey.judge(draft).and(preview.live());
        return Templates.check(new CheckView(question(applicationId, environment, found), draft, preview, notice));
    }

    private Question question(UUID applicationId, String environment, Violations found) {
        return journey.question(applicationId, environment, JourneyStep.CLIENT_NAME, "", found);
    }

    /** @param notice what kept the last attempt from being made; empty for nothing */
    record CheckView(Question page, Draft draft, Registrations.Preview preview, String notice) {
        public List<ReportView> reports() {
            return draft.reports().stream().map(ReportView::new).toList();
        }

        public boolean hasEndpoints() {
            return page.candidate().jwksUri() != null || page.candidate().backchannelLogoutUri() != null;
        }
    }
}

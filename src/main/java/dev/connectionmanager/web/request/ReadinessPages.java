package dev.connectionmanager.web.request;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.review.Baseline;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.journey.JourneyStep;
import dev.connectionmanager.web.layout.Redirect;
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

/** How ready an application is for production, its requests so far, and where a request begins. */
@Path("/applications/{application_id}/requests/{production}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ReadinessPages {
    private final Requests requests;
    private final Environments environments;
    private final Actor actor;

    ReadinessPages(Requests requests, Environments environments, Actor actor) {
        this.requests = requests;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "requests")
    static class Templates {
        static native TemplateInstance outlook(OutlookView view);
    }

    @GET
    public TemplateInstance readiness(
            @PathParam("application_id") UUID id, @PathParam("production") String environment) {
        var outlook = requests.outlook(actor, id, environment);
        return Templates.outlook(new OutlookView(
                outlook,
                environments.find(environment).orElseThrow(Refusal.NotFound::new),
                actor.is(Role.ADMIN, outlook.application().teamId())));
    }

    /** Begins, or goes on with the request there is. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response start(
            @PathParam("application_id") UUID id,
            @PathParam("production") String environment,
            @FormParam("from") String from) {
        var request =
                requests.start(actor, id, environment, "nothing".equals(from)).request();
        var page = "/requests/" + request.id();
        if (!request.state().editable() || request.candidate().redirectUris() != null) {
            return Redirect.to(page);
        }
        return Redirect.to(page + "/questions/" + JourneyStep.REDIRECT_URIS.path());
    }

    /** @param mayChange whether this person may begin a request */
    record OutlookView(Requests.Outlook outlook, Environment environment, boolean mayChange) {
        public String base() {
            return "/applications/" + outlook.application().id() + "/requests/" + environment.id();
        }

        public String registration() {
            return "/applications/" + outlook.application().id() + "/registrations/" + environment.id();
        }

        /** Where what there is to do can be done. */
        public TaskLinks places() {
            return new TaskLinks(
                    outlook.application(),
                    Baseline.with(outlook.live().or(outlook::rehearsed)),
                    outlook.open()
                            .filter(request -> mayChange && request.state().editable())
                            .orElse(null));
        }

        public List<ReadinessTask> needed() {
            return outlook.readiness().stream()
                    .filter(task -> task.kind().blocking())
                    .toList();
        }

        public List<ReadinessTask> advised() {
            return outlook.readiness().stream()
                    .filter(task -> !task.kind().blocking())
                    .toList();
        }
    }
}

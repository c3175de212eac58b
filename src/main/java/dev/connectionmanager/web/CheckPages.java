package dev.connectionmanager.web;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.registration.CheckedEndpoint;
import dev.connectionmanager.registration.LiveChecks;
import dev.connectionmanager.registration.Registered;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.team.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What the portal saw when it looked at a registration's endpoints. */
@Path("/applications/{application_id}/registrations/{environment}/checks")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class CheckPages {
    private final LiveChecks checks;
    private final Registrations registrations;
    private final CurrentActor actor;

    CheckPages(LiveChecks checks, Registrations registrations, CurrentActor actor) {
        this.checks = checks;
        this.registrations = registrations;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "checks")
    static class Templates {
        static native TemplateInstance checks(ChecksView view);
    }

    @GET
    public TemplateInstance latest(
            @PathParam("application_id") String id, @PathParam("environment") String environment) {
        var registered = registrations.find(actor.get(), Ids.uuid(id), environment);
        return Templates.checks(new ChecksView(
                registered,
                checks.latest(actor.get(), Ids.uuid(id), environment),
                actor.get().is(Role.ADMIN, registered.application().teamId())));
    }

    @POST
    public Response run(@PathParam("application_id") String id, @PathParam("environment") String environment) {
        checks.run(actor.get(), Ids.uuid(id), environment);
        return Redirect.to("/applications/" + Ids.uuid(id) + "/registrations/" + environment + "/checks");
    }

    /** @param mayRun whether this person may have the endpoints looked at */
    record ChecksView(Registered registered, List<CheckedEndpoint> checks, boolean mayRun) {
        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/"
                    + registered.registration().environment();
        }

        public ReportView view(CheckedEndpoint checked) {
            return new ReportView(checked.report());
        }

        public boolean hasEndpoints() {
            return registered.metadata().jwksUri() != null
                    || registered.metadata().backchannelLogoutUri() != null;
        }
    }
}

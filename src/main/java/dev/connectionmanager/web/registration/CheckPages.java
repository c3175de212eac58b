package dev.connectionmanager.web.registration;

import dev.connectionmanager.endpoint.CheckedEndpoint;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.check.AskedCheck.Details;
import dev.connectionmanager.registration.check.AskedCheck.Subject;
import dev.connectionmanager.registration.check.LiveChecks;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.check.AskedCheckAnswers;
import dev.connectionmanager.web.layout.ReportView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** What the portal saw when it checked a registration's endpoints. */
@Path("/applications/{application_id}/registrations/{environment}/checks")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class CheckPages {
    private final LiveChecks checks;
    private final Registrations registrations;
    private final AskedCheckAnswers asked;
    private final Actor actor;

    CheckPages(LiveChecks checks, Registrations registrations, AskedCheckAnswers asked, Actor actor) {
        this.checks = checks;
        this.registrations = registrations;
        this.asked = asked;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "checks")
    static class Templates {
        static native TemplateInstance checks(ChecksView view);
    }

    @GET
    public TemplateInstance latest(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("done") String done) {
        var registered = registrations.find(actor, id, environment);
        return Templates.checks(new ChecksView(
                registered,
                checks.latest(actor, id, environment),
                actor.is(Role.ADMIN, registered.application().teamId()),
                "checked".equals(done)));
    }

    @POST
    public Response run(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return asked.ask(new Details(
                Subject.REGISTRATION,
                null,
                id,
                environment,
                "/applications/" + id + "/registrations/" + environment + "/checks?done=checked"));
    }

    /**
     * @param mayRun whether this person may have the endpoints checked
     * @param justNow whether they have just been checked
     */
    record ChecksView(RegistrationSnapshot registered, List<CheckedEndpoint> checks, boolean mayRun, boolean justNow) {
        /** What was found just now, in words; {@code null} for nothing. */
        public String found() {
            return justNow && !checks.isEmpty()
                    ? ReportView.said(checks.stream().map(this::view).toList())
                    : null;
        }

        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/"
                    + registered.registration().environment();
        }

        public ReportView view(CheckedEndpoint checked) {
            return new ReportView(checked.report());
        }

        public boolean hasEndpoints() {
            return ClientEndpoint.any(registered.metadata().asCandidate());
        }
    }
}

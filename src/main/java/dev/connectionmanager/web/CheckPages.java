package dev.connectionmanager.web;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.CheckedEndpoint;
import dev.connectionmanager.registration.LiveChecks;
import dev.connectionmanager.registration.Registered;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.team.Role;
import dev.connectionmanager.verification.CheckReport;
import dev.connectionmanager.verification.CheckStep;
import dev.connectionmanager.wording.Finding;
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
                checks.latest(actor.get(), Ids.uuid(id), environment).stream()
                        .map(ReportView::new)
                        .toList(),
                actor.get().is(Role.ADMIN, registered.application().teamId())));
    }

    @POST
    public Response run(@PathParam("application_id") String id, @PathParam("environment") String environment) {
        checks.run(actor.get(), Ids.uuid(id), environment);
        return Redirect.to("/applications/" + Ids.uuid(id) + "/registrations/" + environment + "/checks");
    }

    /** @param mayRun whether this person may have the endpoints looked at */
    record ChecksView(Registered registered, List<ReportView> reports, boolean mayRun) {
        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/"
                    + registered.registration().environment();
        }

        public boolean hasEndpoints() {
            return registered.metadata().jwksUri() != null
                    || registered.metadata().backchannelLogoutUri() != null;
        }
    }

    /** A report in words. */
    record ReportView(CheckedEndpoint checked) {
        public CheckReport report() {
            return checked.report();
        }

        public String title() {
            return report().field().equals("jwks_uri") ? "Public keys" : "Back-channel logout";
        }

        public String stepName(CheckStep step) {
            return switch (step.name()) {
                case DNS -> "DNS";
                case CONNECTION -> "Connection";
                case TLS -> "TLS";
                case CERTIFICATE -> "Certificate";
                case NAME -> "Name in the certificate";
                case CHAIN -> "Chain to a public root";
                case CONTENT -> "Content";
            };
        }

        public String state(CheckStep step) {
            return switch (step.state()) {
                case PASSED -> "Passed";
                case FAILED -> "There is a problem";
                case NOT_REACHED -> "Not reached";
            };
        }

        public String colour(CheckStep step) {
            return switch (step.state()) {
                case PASSED -> "green";
                case FAILED -> "red";
                case NOT_REACHED -> "grey";
            };
        }

        public List<Finding> findings(CheckStep step) {
            return Finding.of(new Violations(step.findings()));
        }
    }
}

package dev.connectionmanager.web.registration;

import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.token.RegistrationTokens;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormSubmission;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A new registration access token for a client, which ends the one that it has. */
@Path("/applications/{application_id}/registrations/{environment}/registration-token")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class RegistrationTokenPages {
    private final RegistrationTokens tokens;
    private final Actor actor;
    private final FormSubmission submission;
    private final String publicUrl;

    RegistrationTokenPages(
            RegistrationTokens tokens,
            Actor actor,
            FormSubmission submission,
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.tokens = tokens;
        this.actor = actor;
        this.submission = submission;
        this.publicUrl = publicUrl;
    }

    @CheckedTemplate(basePath = "registrationTokens")
    static class Templates {
        static native TemplateInstance confirmation(RegistrationSnapshot registered, String address);

        static native TemplateInstance issued(RegistrationTokens.Issued issued, String address);
    }

    @GET
    public TemplateInstance confirm(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var registered = tokens.findToIssue(actor, id, environment);
        return Templates.confirmation(registered, address(registered));
    }

    /** Answers with the token itself, not with a redirect: it is kept nowhere to be shown later. */
    @POST
    public Response issue(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var issued = tokens.issue(actor, id, environment);
        var registered = issued.registered();
        return submission.showOnce(
                Templates.issued(issued, address(registered)),
                "/applications/" + id + "/registrations/" + environment + "/registration-token",
                registered.registration().clientId());
    }

    private String address(RegistrationSnapshot registered) {
        var registration = registered.registration();
        return publicUrl + "/connect/" + registration.environment() + "/register/" + registration.clientId();
    }
}

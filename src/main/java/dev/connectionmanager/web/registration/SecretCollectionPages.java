package dev.connectionmanager.web.registration;

import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormSubmission;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Where a team collects the secret of an approved registration: shown once, in the answer to the form. */
@Path("/applications/{application_id}/registrations/{environment}/secrets/collection")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class SecretCollectionPages {
    private final Registrations registrations;
    private final Secrets secrets;
    private final Actor actor;
    private final FormSubmission submission;

    SecretCollectionPages(Registrations registrations, Secrets secrets, Actor actor, FormSubmission submission) {
        this.registrations = registrations;
        this.secrets = secrets;
        this.actor = actor;
        this.submission = submission;
    }

    @CheckedTemplate(basePath = "secrets")
    static class Templates {
        static native TemplateInstance collection(RegistrationSnapshot registered, boolean waits);

        static native TemplateInstance collected(Secrets.Collected collected);
    }

    @GET
    public TemplateInstance confirm(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var registered = secrets.findToCollect(actor, id, environment);
        return Templates.collection(registered, secrets.waits(registered));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response collect(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var collected = secrets.collect(actor, id, environment);
        return submission.showOnce(
                Templates.collected(collected),
                SecretPages.base(collected.registered()),
                collected.registered().registration().clientId());
    }
}

package dev.connectionmanager.web.registration;

import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.FormSubmission;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The client secrets of a registration: what may be known of them, rotated and revoked. */
@Path("/applications/{application_id}/registrations/{environment}/secrets")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class SecretPages {
    private final Registrations registrations;
    private final Secrets secrets;
    private final Actor actor;
    private final RefusedForm refused;
    private final FormSubmission submission;

    SecretPages(
            Registrations registrations, Secrets secrets, Actor actor, RefusedForm refused, FormSubmission submission) {
        this.registrations = registrations;
        this.secrets = secrets;
        this.actor = actor;
        this.refused = refused;
        this.submission = submission;
    }

    @CheckedTemplate(basePath = "secrets")
    static class Templates {
        static native TemplateInstance secrets(
                RegistrationSnapshot registered,
                List<ClientSecret> secrets,
                boolean waits,
                boolean mayChange,
                String done);

        static native TemplateInstance rotation(RotationForm form);

        static native TemplateInstance rotated(
                RegistrationSnapshot registered, ClientSecrets.Issued issued, RotationForm form);

        static native TemplateInstance revocation(RegistrationSnapshot registered, ClientSecret secret, boolean last);
    }

    @GET
    public TemplateInstance all(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("done") String done) {
        var registered = registrations.find(actor, id, environment);
        return Templates.secrets(
                registered,
                secrets.live(actor, id, environment),
                secrets.waits(registered),
                actor.is(Role.ADMIN, registered.application().teamId()),
                SuccessMessages.said(done));
    }

    @GET
    @Path("rotation")
    public Response confirmRotation(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var registered = secrets.findToRotate(actor, id, environment);
        if (secrets.waits(registered)) {
            return toCollection(registered);
        }
        var live = secrets.live(actor, id, environment);
        var form = refused.present()
                ? new RotationForm(registered, live, refused.text("overlap_seconds", ""), refused.violations())
                : RotationForm.empty(registered, live);
        return Response.ok(Templates.rotation(form)).build();
    }

    @POST
    @Path("rotation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rotate(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("overlap_seconds") String overlapSeconds) {
        var registered = secrets.findToRotate(actor, id, environment);
        if (secrets.waits(registered)) {
            return toCollection(registered);
        }
        var live = secrets.live(actor, id, environment);
        var typed = Objects.requireNonNullElse(overlapSeconds, "");
        var asked = new RotationForm(registered, live, typed, Violations.NONE);
        var issued = secrets.rotate(actor, id, environment, asked.overlapSeconds());
        return submission.showOnce(
                Templates.rotated(registered, issued, asked),
                base(registered),
                registered.registration().clientId());
    }

    @GET
    @Path("{secret_id}/revocation")
    public TemplateInstance confirmRevocation(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("secret_id") UUID secretId) {
        var registered = changeable(id, environment);
        var live = secrets.live(actor, id, environment);
        var secret =
                live.stream().filter(s -> s.id().equals(secretId)).findFirst().orElseThrow(Refusal.NotFound::new);
        return Templates.revocation(registered, secret, live.size() == 1);
    }

    @POST
    @Path("{secret_id}/revocation")
    public Response revoke(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("secret_id") UUID secretId) {
        var registered = changeable(id, environment);
        var secret = secretId;
        // Revoked by somebody else since the page was opened: it is what was wanted.
        if (secrets.live(actor, id, environment).stream()
                .anyMatch(live -> live.id().equals(secret))) {
            secrets.revoke(actor, id, environment, secret);
        }
        return Redirect.to(base(registered) + "?done=secret-revoked");
    }

    /** An approval has left one to be collected: another would be issued beside it. */
    private static Response toCollection(RegistrationSnapshot registered) {
        return Redirect.to(base(registered) + "/collection");
    }

    static String base(RegistrationSnapshot registered) {
        return "/applications/" + registered.application().id() + "/registrations/"
                + registered.registration().environment() + "/secrets";
    }

    private RegistrationSnapshot changeable(UUID id, String environment) {
        return registrations.findToChange(actor, id, environment);
    }
}

package dev.connectionmanager.web.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.ClientLifecycle;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.RefusedForm;
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
import java.util.Objects;
import java.util.UUID;

/** What operators do with a client: suspend it, resume it, undo its deletion. Each is shown before it is done. */
@Path("/applications/{application_id}/registrations/{environment}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ClientLifecyclePages {
    private final ClientLifecycle life;
    private final Registrations registrations;
    private final Secrets secrets;
    private final Actor actor;
    private final RefusedForm refused;

    ClientLifecyclePages(
            ClientLifecycle life, Registrations registrations, Secrets secrets, Actor actor, RefusedForm refused) {
        this.life = life;
        this.registrations = registrations;
        this.secrets = secrets;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "clientLife")
    static class Templates {
        static native TemplateInstance suspension(SuspensionForm form);

        static native TemplateInstance resumption(
                RegistrationSnapshot registered, Environment environment, boolean stale);

        static native TemplateInstance restoration(RegistrationSnapshot registered, Environment environment);
    }

    @GET
    @Path("suspension")
    public TemplateInstance confirmSuspension(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var registered = registrations.find(actor, id, environment);
        actor.asOperator();
        return Templates.suspension(new SuspensionForm(
                registered,
                registrations.registrable(environment),
                ClientImpact.of(registered, secrets.live(actor, id, environment)),
                refused.text("reason", null),
                refused.violations(),
                refused.is(Refusal.Stale.class)));
    }

    @POST
    @Path("suspension")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response suspend(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("tag") String tag,
            @FormParam("reason") String typed) {
        var reason = Objects.requireNonNullElse(typed, "");
        life.suspend(actor, id, environment, Parsed.typed(reason), sent(tag));
        return to(id, environment, "suspended");
    }

    @GET
    @Path("resumption")
    public Response confirmResumption(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var registered = registrations.find(actor, id, environment);
        actor.asOperator();
        var stale = refused.is(Refusal.Stale.class);
        if (registered.registration().state() != Registration.State.SUSPENDED) {
            if (stale) {
                // Another operator has resumed it: it is what was wanted.
                return to(id, environment, "resumed");
            }
            throw new Refusal.Conflict(Reason.NOT_SUSPENDED);
        }
        return Response.ok(Templates.resumption(registered, registrations.registrable(environment), stale))
                .build();
    }

    @POST
    @Path("resumption")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response resume(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("tag") String tag) {
        life.resume(actor, id, environment, sent(tag));
        return to(id, environment, "resumed");
    }

    @GET
    @Path("restoration")
    public TemplateInstance confirmRestoration(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return Templates.restoration(
                life.findToRestore(actor, id, environment), registrations.registrable(environment));
    }

    @POST
    @Path("restoration")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response restore(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        life.restore(actor, id, environment);
        return to(id, environment, "restored");
    }

    /** A form without its tag is of no version. */
    private static String sent(String tag) {
        return Objects.requireNonNullElse(tag, "");
    }

    private static Response to(UUID id, String environment, String done) {
        return Redirect.to("/applications/" + id + "/registrations/" + environment + "?done=" + done);
    }

    /**
     * @param typed the reason in the box; {@code null} = as it stands
     * @param stale whether the registration has changed since the page was opened
     */
    record SuspensionForm(
            RegistrationSnapshot registered,
            Environment environment,
            ClientImpact stops,
            String typed,
            Violations found,
            boolean stale) {
        public FormErrors errors() {
            return FormErrors.of(found);
        }

        public boolean suspended() {
            return current() != null;
        }

        /** {@code null} = not suspended. */
        public Registration.Suspension current() {
            return registered.registration().suspension().orElse(null);
        }

        public String reason() {
            return typed != null ? typed : suspended() ? current().reason() : "";
        }

        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/" + environment.id();
        }
    }
}

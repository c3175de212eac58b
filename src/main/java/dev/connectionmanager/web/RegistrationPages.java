package dev.connectionmanager.web;

import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.registration.Registered;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.review.Request;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.team.Role;
import dev.connectionmanager.wording.Finding;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** A registration as it stands: looked at, its history, its deletion. */
@Path("/applications/{application_id}/registrations/{environment}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class RegistrationPages {
    private final Registrations registrations;
    private final Secrets secrets;
    private final Requests requests;
    private final CurrentActor actor;

    RegistrationPages(Registrations registrations, Secrets secrets, Requests requests, CurrentActor actor) {
        this.registrations = registrations;
        this.secrets = secrets;
        this.requests = requests;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "registrations")
    static class Templates {
        static native TemplateInstance registration(RegistrationView view);

        static native TemplateInstance history(RegistrationView view, List<Registrations.HistoryEntry> history);

        static native TemplateInstance deletion(RegistrationView view);
    }

    @GET
    public TemplateInstance one(@PathParam("application_id") String id, @PathParam("environment") String environment) {
        return Templates.registration(view(Ids.uuid(id), environment));
    }

    @GET
    @Path("history")
    public TemplateInstance history(
            @PathParam("application_id") String id, @PathParam("environment") String environment) {
        return Templates.history(
                view(Ids.uuid(id), environment), registrations.history(actor.get(), Ids.uuid(id), environment));
    }

    @GET
    @Path("deletion")
    public TemplateInstance confirmDeletion(
            @PathParam("application_id") String id, @PathParam("environment") String environment) {
        var view = view(Ids.uuid(id), environment);
        actor.get().mustBe(Role.ADMIN, view.registered().application().teamId());
        return Templates.deletion(view);
    }

    @POST
    @Path("deletion")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(
            @PathParam("application_id") String id,
            @PathParam("environment") String environment,
            @FormParam("tag") String tag) {
        registrations.delete(actor.get(), Ids.uuid(id), environment, Precondition.matching(tag));
        return Redirect.to("/applications/" + Ids.uuid(id));
    }

    private RegistrationView view(UUID applicationId, String environment) {
        var registered = registrations.find(actor.get(), applicationId, environment);
        var where = registrations.registrable(environment);
        var production = where.kind() == EnvironmentKind.PRODUCTION;
        return new RegistrationView(
                registered,
                where,
                secrets.live(actor.get(), applicationId, environment),
                production
                        ? requests.open(actor.get(), applicationId, environment).orElse(null)
                        : null,
                secrets.waits(registered),
                actor.get().is(Role.ADMIN, registered.application().teamId()),
                actor.get()
                        .is(
                                production ? Role.OWNER : Role.ADMIN,
                                registered.application().teamId()));
    }

    /**
     * @param request the open request to change it; {@code null} where operators are not asked, or nobody has
     * @param secretWaits whether its secret waits to be collected
     * @param mayChange whether this person may change it
     * @param mayDelete whether this person may delete it
     */
    record RegistrationView(
            Registered registered,
            Environment environment,
            List<ClientSecret> secrets,
            Request request,
            boolean secretWaits,
            boolean mayChange,
            boolean mayDelete) {
        /** Where requests to change it begin. */
        public String requests() {
            return "/applications/" + registered.application().id() + "/requests/" + environment.id();
        }

        public boolean production() {
            return environment.kind() == EnvironmentKind.PRODUCTION;
        }

        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/" + environment.id();
        }

        public boolean active() {
            return registered.registration().state() == Registration.State.ACTIVE;
        }

        public boolean usesSecret() {
            return registered.metadata().tokenEndpointAuthMethod().usesSecret();
        }

        public List<Finding> warnings() {
            return Finding.of(registered.warnings());
        }
    }
}

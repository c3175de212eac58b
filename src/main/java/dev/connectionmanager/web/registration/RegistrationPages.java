package dev.connectionmanager.web.registration;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.registration.ClientLifecycle;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.EndpointProblemView;
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
import java.util.Optional;
import java.util.UUID;

/** A registration as it stands: its page, its history, its deletion. */
@Path("/applications/{application_id}/registrations/{environment}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class RegistrationPages {
    private static final int PAGE = 25;

    private final Applications applications;
    private final Registrations registrations;
    private final Drafts drafts;
    private final Secrets secrets;
    private final EndpointProblems troubles;
    private final Requests requests;
    private final ClientLifecycle life;
    private final Actor actor;

    RegistrationPages(
            Applications applications,
            Registrations registrations,
            Drafts drafts,
            Secrets secrets,
            EndpointProblems troubles,
            Requests requests,
            ClientLifecycle life,
            Actor actor) {
        this.applications = applications;
        this.registrations = registrations;
        this.drafts = drafts;
        this.secrets = secrets;
        this.troubles = troubles;
        this.requests = requests;
        this.life = life;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "registrations")
    static class Templates {
        static native TemplateInstance registration(RegistrationView view, String done);

        static native TemplateInstance deleted(RegistrationSnapshot registered, Environment environment, Actor actor);

        static native TemplateInstance history(RegistrationView view, Page<Registrations.HistoryEntry> history);

        static native TemplateInstance deletion(RegistrationView view);
    }

    @GET
    public TemplateInstance one(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("done") String done) {
        var deleted = registrations.all(actor, id).stream()
                        .anyMatch(one -> one.registration().environment().equals(environment))
                ? Optional.<RegistrationSnapshot>empty()
                : life.restorable(actor, id).stream()
                        .filter(one -> one.registration().environment().equals(environment))
                        .findFirst();
        return deleted.map(one -> Templates.deleted(one, registrations.registrable(environment), actor))
                .orElseGet(() -> Templates.registration(view(id, environment), SuccessMessages.said(done)));
    }

    @GET
    @Path("history")
    public TemplateInstance history(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("cursor") String cursor) {
        return Templates.history(
                view(id, environment),
                registrations.history(actor, id, environment, Cursors.position(cursor, Cursor::parseNumbered), PAGE));
    }

    @GET
    @Path("deletion")
    public TemplateInstance confirmDeletion(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        registrations.findToDelete(actor, id, environment);
        return Templates.deletion(view(id, environment));
    }

    @POST
    @Path("deletion")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("tag") String tag) {
        var application = applications.find(actor, id);
        if (registrations.all(actor, application.id()).stream()
                .anyMatch(r -> r.registration().environment().equals(environment))) {
            registrations.delete(actor, application.id(), environment, Precondition.matching(tag));
        } else {
            // Deleted by somebody else since the page was opened: it is what was wanted.
            applications.findToChange(actor, application.id());
            registrations.registrable(environment);
        }
        return Redirect.to("/applications/" + application.id() + "?done=registration-deleted");
    }

    private RegistrationView view(UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        var here = registrations.registrable(environment);
        return new RegistrationView(
                registered,
                here,
                EndpointProblemView.of(troubles.of(actor, applicationId), List.of(here)),
                secrets.live(actor, applicationId, environment),
                here.kind() == EnvironmentKind.PATH_TO_LIVE
                                && actor.is(Role.ADMIN, registered.application().teamId())
                        ? drafts.find(actor, applicationId, environment)
                                .filter(draft -> !draft.untouched())
                                .orElse(null)
                        : null,
                here.kind() == EnvironmentKind.PRODUCTION ? openRequest(registered, environment) : null,
                here.kind() == EnvironmentKind.PRODUCTION ? unread(registered, environment) : List.of(),
                secrets.mayCollect(actor, registered),
                registrations.mayDelete(actor, registered),
                actor);
    }

    private ProductionRequest openRequest(RegistrationSnapshot registered, String environment) {
        return requests.open(actor, registered.application().id(), environment).orElse(null);
    }

    /** Rejected or withdrawn: that stands here until it is read. */
    private List<ProductionRequest> unread(RegistrationSnapshot registered, String environment) {
        return requests.unread(actor, registered.application().id()).stream()
                .filter(request -> request.environment().equals(environment))
                .toList();
    }

    /**
     * @param draft the change that is being prepared; {@code null} where there is none, or not for this person
     * @param request the open request to change it; {@code null} where there is none, or operators are not asked
     * @param unread the last one to end, where it was rejected or withdrawn and this person has not read that
     * @param mayCollect whether its secret waits for this person to collect it
     * @param mayDelete whether this person may delete it
     */
    record RegistrationView(
            RegistrationSnapshot registered,
            Environment environment,
            List<EndpointProblemView> troubles,
            List<ClientSecret> secrets,
            Draft draft,
            ProductionRequest request,
            List<ProductionRequest> unread,
            boolean mayCollect,
            boolean mayDelete,
            Actor actor) {
        /** Whether this person may change it at once. */
        public boolean mayChange() {
            return !production() && draft == null && holds(Role.ADMIN);
        }

        /** Whether this person may ask for a change of it. */
        public boolean mayRequest() {
            return production() && !requested() && holds(Role.ADMIN);
        }

        /** Whether a request to change it is open. */
        public boolean requested() {
            return request != null;
        }

        /** Whether this person may give it a registration access token. */
        public boolean mayIssueToken() {
            return !production() && holds(Role.ADMIN);
        }

        public boolean production() {
            return environment.kind() == EnvironmentKind.PRODUCTION;
        }

        /** Where requests to change it begin. */
        public String requests() {
            return "/applications/" + registered.application().id() + "/requests/" + environment.id();
        }

        public boolean operator() {
            return actor.operator();
        }

        /** {@code null} = not suspended. */
        public Registration.Suspension suspension() {
            return registered.registration().suspension().orElse(null);
        }

        public ClientImpact stops() {
            return ClientImpact.of(registered, secrets);
        }

        private boolean holds(Role role) {
            return actor.is(role, registered.application().teamId());
        }

        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/" + environment.id();
        }

        /** Where the questions about one setting are. */
        public String draftPages() {
            return base() + "/draft";
        }

        public boolean active() {
            return registered.registration().state() == Registration.State.ACTIVE;
        }

        public boolean usesSecret() {
            return registered.metadata().tokenEndpointAuthMethod().usesSecret();
        }

        public boolean publishesKeys() {
            return registered.metadata().jwksUri() != null;
        }

        public List<FormErrors.Entry> warnings() {
            return FormErrors.of(registered.warnings()).warnings();
        }
    }
}

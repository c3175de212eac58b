package dev.connectionmanager.web.application;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.application.Handover;
import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.registration.ApplicationOverviews;
import dev.connectionmanager.registration.ClientLifecycle;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.web.layout.EndpointProblemView;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
import dev.connectionmanager.wording.RuleSentences;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** An application as it stands, and its deletion. */
@Path("/applications/{application_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ApplicationPages {
    private final Applications applications;
    private final ApplicationOverviews overviews;
    private final Registrations registrations;
    private final Secrets secrets;
    private final EndpointProblems troubles;
    private final ClientLifecycle life;
    private final Handovers handovers;
    private final Environments environments;
    private final Teams teams;
    private final Requests requests;
    private final Actor actor;
    private final Clock clock;

    ApplicationPages(
            Applications applications,
            ApplicationOverviews overviews,
            Registrations registrations,
            Secrets secrets,
            EndpointProblems troubles,
            ClientLifecycle life,
            Handovers handovers,
            Environments environments,
            Teams teams,
            Requests requests,
            Actor actor,
            Clock clock) {
        this.applications = applications;
        this.overviews = overviews;
        this.registrations = registrations;
        this.secrets = secrets;
        this.troubles = troubles;
        this.life = life;
        this.handovers = handovers;
        this.environments = environments;
        this.teams = teams;
        this.requests = requests;
        this.actor = actor;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "applications")
    static class Templates {
        static native TemplateInstance application(ApplicationView view);

        static native TemplateInstance deletion(Application application, String kept);
    }

    @GET
    public TemplateInstance one(@PathParam("application_id") UUID id, @QueryParam("done") String done) {
        var overview = overviews.find(actor, id);
        var application = overview.application();
        var registered = registrations.all(actor, application.id());
        var failing = troubles.of(actor, application.id());
        return Templates.application(new ApplicationView(
                teams.find(actor, application.teamId()),
                ApplicationStatus.of(
                        overview, environments.all(), requests.latest(actor, List.of(application)), failing),
                EndpointProblemView.of(failing, environments.all()),
                registered.stream()
                        .collect(Collectors.toMap(
                                r -> r.registration().environment(),
                                r -> r.warnings().all().size())),
                registered.stream()
                        .filter(secrets::waits)
                        .map(r -> r.registration().environment())
                        .collect(Collectors.toSet()),
                applications.mayChange(actor, application),
                applications.mayDelete(actor, application),
                life.restorable(actor, application.id()),
                handovers.latest(actor, application.id()).orElse(null),
                requests.unread(actor, application.id()),
                clock.instant(),
                SuccessMessages.said(done)));
    }

    @GET
    @Path("deletion")
    public TemplateInstance confirmDeletion(@PathParam("application_id") UUID id) {
        var application = applications.findToDelete(actor, id);
        return Templates.deletion(
                application,
                applications
                        .deletionBlockedBecause(application)
                        .map(RuleSentences::of)
                        .orElse(null));
    }

    @POST
    @Path("deletion")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@PathParam("application_id") UUID id, @FormParam("tag") String tag) {
        var application = applications.findToDelete(actor, id);
        applications.delete(actor, application.id(), Precondition.matching(tag));
        return Redirect.to("/teams/" + application.teamId() + "?done=application-deleted");
    }

    /**
     * @param warnings how many warnings each environment's registration has
     * @param toCollect the environments whose client secret waits to be collected
     * @param mayChange whether this person may change and register it
     * @param mayDelete whether this person may delete it
     * @param restorable what was deleted and operators may restore
     * @param offer the latest one of it to another team; {@code null} = none
     * @param done what was just done, in words; {@code null} = nothing
     */
    record ApplicationView(
            Team team,
            ApplicationStatus status,
            List<EndpointProblemView> troubles,
            Map<String, Integer> warnings,
            Set<String> toCollect,
            boolean mayChange,
            boolean mayDelete,
            List<RegistrationSnapshot> restorable,
            Handover offer,
            List<ProductionRequest> unread,
            Instant now,
            String done) {
        private static final Duration RECENTLY = Duration.ofDays(30);

        public boolean offered() {
            return offer != null && offer.stateAt(now) == Handover.State.OPEN;
        }

        /** What became of the latest offer, for some time; {@code null} for nothing to tell. */
        public String refused() {
            if (offer == null || offer.lapsesAt().plus(RECENTLY).isBefore(now)) {
                return null;
            }
            return switch (offer.stateAt(now)) {
                case DECLINED ->
                    "was declined" + (offer.endedAt() == null ? "" : " on " + Labels.saidDay(offer.endedAt()));
                case LAPSED -> "lapsed on " + Labels.saidDay(offer.lapsesAt()) + ": nobody answered it";
                default -> null;
            };
        }

        public Application application() {
            return status.application();
        }

        /** The name of the environment that a request is for. */
        public String name(ProductionRequest request) {
            return status.environments().stream()
                    .map(one -> one.environment())
                    .filter(environment -> environment.id().equals(request.environment()))
                    .findFirst()
                    .map(environment -> environment.name())
                    .orElse(request.environment());
        }

        public String back() {
            return "/teams/" + team.id();
        }

        /** Where an environment's entry leads; {@code null} where there is nothing to go to. */
        public String link(ApplicationStatus.InEnvironment e) {
            var base = "/applications/" + application().id() + "/registrations/"
                    + e.environment().id();
            if (e.registration() != null) {
                return base;
            }
            if (e.draft() != null && mayChange) {
                return base + "/draft/next";
            }
            if (e.environment().kind() == EnvironmentKind.SELF_SERVICE) {
                return e.environment().issuer().orElse(null);
            }
            if (e.requested()) {
                return "/requests/" + e.request().id();
            }
            return e.environment().kind() == EnvironmentKind.PRODUCTION
                    ? "/applications/" + application().id() + "/requests/"
                            + e.environment().id()
                    : null;
        }

        /**
         * The environment in which the team has something to do next: the first on the way to live in which the application is not
         * registered; {@code null} = none. Deployment is a side path that no team must take.
         */
        public ApplicationStatus.InEnvironment next() {
            return status.withClients().stream()
                    .filter(e -> e.registration() == null
                            && (e.environment().kind() == EnvironmentKind.PRODUCTION
                                    || e.equals(status.registrable().get(0))))
                    .findFirst()
                    .orElse(null);
        }

        /** Whether to register here is the one thing to do next: one primary button a page. */
        public boolean next(ApplicationStatus.InEnvironment e) {
            return e.equals(next());
        }

        /** What is registered, what is wrong with it, or what can be done next. */
        public String hint(ApplicationStatus.InEnvironment e) {
            if (e.draft() != null) {
                return "Draft, last changed by " + e.draft().updatedBy() + " on "
                        + Labels.said(e.draft().updatedAt()) + "."
                        + (e.registration() == null
                                ? ""
                                : " Registered as " + e.registration().clientId() + ".");
            }
            if (e.registration() != null) {
                var toCheck = warnings.getOrDefault(e.environment().id(), 0);
                return "Client ID " + e.registration().clientId() + "."
                        + (toCollect.contains(e.environment().id()) ? " Its client secret waits to be collected." : "")
                        + (toCheck == 0
                                ? ""
                                : toCheck == 1 ? " 1 thing to check." : " " + toCheck + " things to check.");
            }
            return switch (e.environment().kind()) {
                case SELF_SERVICE ->
                    e.environment()
                            .issuer()
                            .map(issuer ->
                                    "It knows the clients that you register in Path to Live, at once. Its address: "
                                            + issuer)
                            .orElse("It is switched off here.");
                case PATH_TO_LIVE -> mayChange ? "Register here to get a client ID at once." : "Not registered here.";
                case PRODUCTION ->
                    e.request() == null
                            ? "See how ready you are, and make a request. Operators decide about it."
                            : hint(e.request());
            };
        }

        private static String hint(ProductionRequest request) {
            return switch (request.state()) {
                case REJECTED ->
                    "The last request was rejected. See the reason and how ready you are, and make another.";
                case WITHDRAWN -> "The last request was withdrawn. See how ready you are, and make another.";
                case APPROVED -> "See how ready you are, and make another request.";
                case DRAFT, SUBMITTED, CHANGES_REQUESTED ->
                    "Request last changed by " + request.updatedBy() + " on " + Labels.said(request.updatedAt()) + ".";
            };
        }

        /** The Path-to-Live environments that are registered: their values can be carried over. */
        public List<ApplicationStatus.InEnvironment> registered() {
            return status.registrable().stream()
                    .filter(e -> e.registration() != null)
                    .toList();
        }
    }
}

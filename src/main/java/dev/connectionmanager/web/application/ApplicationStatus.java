package dev.connectionmanager.web.application;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.registration.ApplicationOverviews;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.registration.list.EndpointProblems.Trouble;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.web.layout.Labels;
import java.util.List;

/** An application with how far it is in each environment, at a glance. */
public record ApplicationStatus(Application application, List<InEnvironment> environments) {

    /**
     * @param requests the last one in each environment, of this and perhaps of other applications
     * @param troubles with endpoints, of this and perhaps of other applications
     */
    public static ApplicationStatus of(
            ApplicationOverviews.Overview overview,
            List<Environment> environments,
            List<ProductionRequest> requests,
            List<Trouble> troubles) {
        return new ApplicationStatus(
                overview.application(),
                environments.stream()
                        .map(e -> InEnvironment.of(e, overview, requests, troubles))
                        .toList());
    }

    /** Those that an application can have a client ID in. */
    public List<InEnvironment> withClients() {
        return environments.stream()
                .filter(e -> e.environment().kind() != EnvironmentKind.SELF_SERVICE)
                .toList();
    }

    /** Those that the team registers it in by itself. */
    public List<InEnvironment> registrable() {
        return environments.stream().filter(InEnvironment::pathToLive).toList();
    }

    /**
     * @param registration {@code null} where there is none
     * @param draft {@code null} where there is none
     * @param request the last one, open or not; {@code null} where there is none
     * @param failing whether an endpoint of the registration fails its checks
     */
    record InEnvironment(
            Environment environment,
            Registration registration,
            Draft draft,
            ProductionRequest request,
            boolean failing) {
        private static final String FAILING = "Registered, endpoint problem";

        static InEnvironment of(
                Environment environment,
                ApplicationOverviews.Overview overview,
                List<ProductionRequest> requests,
                List<Trouble> troubles) {
            return new InEnvironment(
                    environment,
                    overview.registrations().stream()
                            .filter(r -> r.environment().equals(environment.id()))
                            .findFirst()
                            .orElse(null),
                    overview.drafts().stream()
                            .filter(d -> d.environment().equals(environment.id()) && !d.untouched())
                            .findFirst()
                            .orElse(null),
                    requests.stream()
                            .filter(r -> r.applicationId()
                                            .equals(overview.application().id())
                                    && r.environment().equals(environment.id()))
                            .findFirst()
                            .orElse(null),
                    troubles.stream()
                            .anyMatch(trouble -> trouble.applicationId()
                                            .equals(overview.application().id())
                                    && trouble.environment().equals(environment.id())
                                    && trouble.health().failing()));
        }

        /** Whether a request is open. */
        public boolean requested() {
            return request != null && request.state().open();
        }

        public boolean pathToLive() {
            return environment.kind() == EnvironmentKind.PATH_TO_LIVE;
        }

        /** The service manual's task list words. */
        public String status() {
            if (registration != null) {
                return registration.state() == Registration.State.SUSPENDED
                        ? "Suspended"
                        : failing
                                ? FAILING
                                : draft == null && !requested() ? "Registered" : "Registered, change in progress";
            }
            if (requested() && request.state() != RequestState.DRAFT) {
                return Labels.stateName(request.state());
            }
            if (draft != null || requested()) {
                return "In progress";
            }
            if (request != null && request.state() == RequestState.REJECTED) {
                return Labels.stateName(request.state());
            }
            return switch (environment.kind()) {
                case SELF_SERVICE -> "No registration needed";
                case PATH_TO_LIVE, PRODUCTION -> "Not yet started";
            };
        }

        /** The colour of the status tag; the words above say the same. */
        public String colour() {
            return switch (status()) {
                case "Registered" -> "green";
                case "Suspended", "Rejected", FAILING -> "red";
                case "In progress", "Submitted", "Registered, change in progress" -> "blue";
                case "Changes requested" -> "orange";
                default -> "grey";
            };
        }
    }
}

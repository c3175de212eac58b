package dev.connectionmanager.web;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.registration.Application;
import dev.connectionmanager.registration.Applications;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Registration;
import java.util.List;

/** An application with how far it is in each environment, at a glance. */
record ApplicationStatus(Application application, List<InEnvironment> environments) {

    static ApplicationStatus of(Applications.Overview overview, List<Environment> environments) {
        return new ApplicationStatus(
                overview.application(),
                environments.stream().map(e -> InEnvironment.of(e, overview)).toList());
    }

    /** Those that applications are registered in. */
    public List<InEnvironment> registrable() {
        return environments.stream().filter(InEnvironment::pathToLive).toList();
    }

    /**
     * @param registration {@code null} where there is none
     * @param draft {@code null} where there is none
     */
    record InEnvironment(Environment environment, Registration registration, Draft draft) {
        static InEnvironment of(Environment environment, Applications.Overview overview) {
            return new InEnvironment(
                    environment,
                    overview.registrations().stream()
                            .filter(r -> r.environment().equals(environment.id()))
                            .findFirst()
                            .orElse(null),
                    overview.drafts().stream()
                            .filter(d -> d.environment().equals(environment.id()))
                            .findFirst()
                            .orElse(null));
        }

        public boolean pathToLive() {
            return environment.kind() == EnvironmentKind.PATH_TO_LIVE;
        }

        /** The service manual's task list words. */
        public String status() {
            if (registration != null) {
                return registration.state() == Registration.State.SUSPENDED
                        ? "Suspended"
                        : draft == null ? "Registered" : "Registered, change in progress";
            }
            if (draft != null) {
                return "In progress";
            }
            return switch (environment.kind()) {
                case SELF_SERVICE -> "No registration needed";
                case PATH_TO_LIVE -> "Not yet started";
                case PRODUCTION -> "Cannot start yet";
            };
        }

        /** The colour of the status tag; the words above say the same. */
        public String colour() {
            return switch (status()) {
                case "Registered" -> "green";
                case "Suspended" -> "red";
                case "In progress", "Registered, change in progress" -> "blue";
                default -> "grey";
            };
        }
    }
}

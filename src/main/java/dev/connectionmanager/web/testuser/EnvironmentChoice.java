package dev.connectionmanager.web.testuser;

import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import java.util.List;

/** An environment that has test users. */
record EnvironmentChoice(String id, String name, boolean real) {
    /** Those of the Path to Live first, the mock last. */
    static List<EnvironmentChoice> all(Environments environments) {
        return environments.all().stream()
                .filter(environment -> environment.kind() != EnvironmentKind.PRODUCTION)
                .map(environment -> new EnvironmentChoice(
                        environment.id(), environment.name(), environment.kind() == EnvironmentKind.PATH_TO_LIVE))
                .sorted((one, other) -> Boolean.compare(other.real, one.real))
                .toList();
    }
}

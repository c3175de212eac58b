package dev.connectionmanager.start;

import dev.connectionmanager.openid.LocalUser;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives the two teams of local mode access at the first start, with the members that they have. */
@ApplicationScoped
class LocalTeams {
    static final UUID FIRST = UUID.fromString("5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11");
    static final UUID OTHER = UUID.fromString("9d0b54c0-3f0e-4c1b-8a35-7f5b0f6f2b22");

    /** The trail names the request of each act, so there must be one. */
    @ActivateRequestContext
    void onStart(
            @Observes StartupEvent start,
            Teams teams,
            @ConfigProperty(name = "connection-manager.local", defaultValue = "false") boolean local) {
        if (!local) {
            return;
        }
        var all = List.of(Category.values());
        teams.giveAccess(
                FIRST,
                "Example Supplier",
                all,
                Map.of(
                        LocalUser.OWNER.email(), Role.OWNER,
                        LocalUser.ADMIN.email(), Role.ADMIN,
                        LocalUser.VIEWER.email(), Role.VIEWER));
        teams.giveAccess(OTHER, "Other Supplier", all, Map.of(LocalUser.OTHER_OWNER.email(), Role.OWNER));
        // They are members from the first moment, as the README has it, and not only once they have logged in.
        for (var user : LocalUser.values()) {
            teams.takePlaces(user.subject(), user.email(), user.fullName());
        }
    }
}

package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The right to a secret is what the database says once the lock is held, not what it said when the request came. */
@PortalTest
class SecretsTest {
    private static final UUID TEAM = UUID.fromString(Api.FIRST_TEAM);
    private static final String INTEGRATION = "integration";

    @Inject
    Secrets secrets;

    @Inject
    Registrations registrations;

    @Test
    void whoLostTheRoleMeanwhileTouchesNoSecret() {
        var path = Api.newApplication("Secrets under the lock");
        var application = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        Api.as("owner")
                .put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        Api.as("viewer").get("/api/v1/teams").then().statusCode(200);
        var demoted = Actor.person("local-viewer", "viewer@local.example", "V", false, Map.of(TEAM, Role.OWNER));
        var removed = Actor.person("somebody", "", "S", false, Map.of(TEAM, Role.OWNER));
        var credential = Credentials.issue("revoked under the lock", "write", null);
        var revoked = new Actor(
                "api-credential:" + credential.path("id"),
                "",
                "C",
                false,
                Map.of(TEAM, Role.ADMIN),
                Actor.Kind.CREDENTIAL,
                "local-owner");
        Api.as("owner").delete("/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials/" + credential.path("id"), "");
        var owner = Actor.person("local-owner", "", "O", false, Map.of(TEAM, Role.OWNER));
        var secret = secrets.live(owner, application, INTEGRATION).get(0).id();
        for (var actor : List.of(demoted, removed, revoked)) {
            refused(actor, () -> secrets.rotate(actor, application, INTEGRATION, new Parsed<>(0L, Violations.NONE)));
            refused(actor, () -> secrets.revoke(actor, application, INTEGRATION, secret));
            refused(actor, () -> secrets.collect(actor, application, INTEGRATION));
            refused(actor, () -> registrations.delete(actor, application, INTEGRATION, Precondition.absent()));
        }
        assertThat(secrets.live(owner, application, INTEGRATION))
                .singleElement()
                .satisfies(live -> assertThat(live.id()).isEqualTo(secret));
    }

    private static void refused(Actor actor, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                .isIn(Reason.ROLE_NEEDED, Reason.NOT_FOUND, Reason.API_CREDENTIAL_ENDED));
    }
}

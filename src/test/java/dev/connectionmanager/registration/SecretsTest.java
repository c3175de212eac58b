package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.credential.ApiCredentialCandidate;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamCredential;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right to a secret is what the database says once the lock is held, not what it said when the request came. */
@PortalTest
class SecretsTest {
    private static final UUID TEAM = UUID.fromString(Api.FIRST_TEAM);
    private static final String INTEGRATION = "integration";

    @Inject
    Secrets secrets;

    @Inject
    Registrations registrations;

    @Inject
    Applications applications;

    @Inject
    Teams teams;

    @Inject
    ApiCredentials credentials;

    @Inject
    Sql sql;

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

    /**
     * Not every token says what somebody is, and no credential says what its maker is: who was here as an operator within 90
     * days counts as one.
     */
    @ParameterizedTest
    @CsvSource({"89, true", "91, false"})
    void whoeverWasAnOperatorLatelySeesNoSecretOfProduction(int daysAgo, boolean refused) {
        var team = UUID.randomUUID();
        var subject = "once-operator-" + team;
        teams.giveAccess(team, "Team " + team, List.of(Category.SUPPLIER), Map.of(subject + "@a.example", Role.OWNER));
        sql.execute("update member set subject = '" + subject + "', name = 'Once', joined_at = now() where team_id = '"
                + team + "'");
        var person = Actor.person(subject, "", "Once", false, Map.of(team, Role.OWNER));
        var application = inProduction(person, team);
        var made = credentials.issue(person, team, Parsed.typed(new ApiCredentialCandidate("Made", "write", null)));
        var credential = Actor.credential((TeamCredential) credentials.present(made.token()));
        sql.execute("insert into known_operator (subject, seen_at) values ('" + subject + "', now() - interval '"
                + daysAgo + " days')");
        for (var way : List.of(person, credential)) {
            mustSee(way, refused, () -> secrets.rotate(way, application, "production", now()));
            mustSee(way, refused, () -> secrets.findToRotate(way, application, "production"));
        }
        sql.execute(
                "insert into uncollected_secret (registration_id, since) select id, now() from registration where application_id = '"
                        + application + "'");
        assertThat(secrets.mayCollect(person, registrations.find(person, application, "production")))
                .isEqualTo(!refused);
        mustSee(person, refused, () -> secrets.findToCollect(person, application, "production"));
        mustSee(person, refused, () -> secrets.collect(person, application, "production"));
        assertThatThrownBy(() -> secrets.collect(credential, application, "production"))
                .as("a person's act")
                .isInstanceOf(Refusal.NotAllowed.class);
    }

    /** Elsewhere an operator who is in the team as well is one of it. */
    @Test
    void inPathToLiveAnOperatorOfTheTeamRotates() {
        var path = Api.newApplication("Rotated by one who is an operator");
        var application = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        Api.as("owner")
                .put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var owner = Actor.person("local-owner", "", "O", true, Map.of(TEAM, Role.OWNER));
        assertThat(secrets.rotate(owner, application, INTEGRATION, now()).secret())
                .isNotBlank();
    }

    /** In production a client is issued by review; here only where it is matters. */
    private UUID inProduction(Actor actor, UUID team) {
        var application = applications
                .create(
                        actor,
                        team,
                        Parsed.typed(
                                new ApplicationCandidate("In production", null, "supplier", "web", List.of(), null)))
                .id();
        registrations.put(
                actor,
                application,
                INTEGRATION,
                current -> Parsed.typed(Candidate.EMPTY
                        .withAuthentication("client_secret_basic", null, null)
                        .withRedirectUris(List.of("https://app.supplier.co.uk/callback"))),
                Precondition.absent());
        sql.execute("update registration set environment = 'production' where application_id = '" + application + "'");
        return application;
    }

    private static Parsed<Long> now() {
        return new Parsed<>(0L, Violations.NONE);
    }

    private static void mustSee(Actor actor, boolean refused, ThrowingCallable act) {
        if (refused) {
            assertThatThrownBy(act)
                    .as(actor.name())
                    .isInstanceOfSatisfying(Refusal.NotAllowed.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(Reason.SECRET_NOT_FOR_OPERATORS));
        } else {
            assertThatCode(act).as(actor.name()).doesNotThrowAnyException();
        }
    }

    private static void refused(Actor actor, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                .isIn(Reason.ROLE_NEEDED, Reason.NOT_FOUND, Reason.API_CREDENTIAL_ENDED));
    }
}

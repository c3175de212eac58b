package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.registration.NewClients.NewClient;
import dev.connectionmanager.team.Actor;
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
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** An application and its registration come into being together, or neither does. */
@PortalTest
class NewClientsTest {
    private static final UUID TEAM = UUID.fromString(Api.FIRST_TEAM);
    private static final Actor OWNER = Actor.person("local-owner", "", "Olivia", false, Map.of(TEAM, Role.OWNER));
    private static final Consumer<RegistrationResult> NOTHING = result -> {};

    @Inject
    NewClients clients;

    @Inject
    Sql sql;

    /** The owner's subject is known from their first log-in on. */
    private static Actor owner() {
        Api.as("owner").get("/api/v1/teams").then().statusCode(200);
        return OWNER;
    }

    @Test
    void bothAreMadeAndBothAreInTheTrail() {
        var result = clients.register(
                owner(),
                TEAM,
                "integration",
                Parsed.typed(client("Beds \uD83D\uDE00", "beds.supplier.co.uk")),
                NOTHING);
        var application = result.registered().application();
        assertThat(application.details().name())
                .isEqualTo(result.registered().metadata().clientName());
        assertThat(result.created()).isTrue();
        assertThat(result.secret()).isPresent();
        assertThat(result.warnings().all()).extracting(Violation::rule).containsExactly(Rule.CLIENT_NAME_EMOJI);
        var location = "/api/v1/applications/" + application.id();
        Api.as("owner").get(location).then().statusCode(200);
        assertThat(Api.as("owner").get(location + "/registrations/integration").<String>path("client_id"))
                .isEqualTo(result.registered().registration().clientId());
        assertThat(sql.text("select string_agg(act, ' ' order by act) from audit_entry where actor = 'local-owner'"
                        + " and object_id in ('" + application.id() + "', '"
                        + result.registered().registration().id() + "')"))
                .isEqualTo("application-created client-secret-issued registration-issued");
    }

    @Test
    void whatIsNotSaidOfTheApplicationIsTheClientsAndTheTeams() {
        var made = clients.register(
                        owner(), TEAM, "integration", Parsed.typed(client(null, "unnamed.supplier.co.uk")), NOTHING)
                .registered();
        assertThat(made.application().details().name()).isEqualTo("unnamed.supplier.co.uk");
        assertThat(made.metadata().clientName()).isEqualTo("unnamed.supplier.co.uk");
        assertThat(made.application().details().category()).isEqualTo(Category.NATIONAL);
        assertThat(made.registration().clientId()).endsWith(".apps.national");
    }

    @Test
    void everyFindingAboutEitherIsTold() {
        var sent = new NewClient(
                new ApplicationCandidate(null, null, "regional", "desktop", null, null),
                candidate("\u200bno name", "http://plain.supplier.co.uk/callback")
                        .withApplicationType("desktop"));
        refused(
                () -> clients.register(owner(), TEAM, "integration", Parsed.typed(sent), NOTHING),
                Rule.APPLICATION_CATEGORY_NOT_ALLOWED,
                Rule.APPLICATION_TYPE_INVALID,
                Rule.CLIENT_NAME_CHARACTERS,
                Rule.REDIRECT_URI_NOT_HTTPS);
    }

    @Test
    void ofWhatALiveCheckRefusesNothingIsLeft() {
        var sent = new NewClient(
                new ApplicationCandidate(null, null, null, null, null, null),
                candidate("No keys", "https://keys.supplier.co.uk/callback")
                        .withAuthentication("private_key_jwt", null, "https://no-such-host.supplier.co.uk/jwks"));
        refused(() -> clients.register(owner(), TEAM, "integration", Parsed.typed(sent), NOTHING), Rule.DNS_FAILED);
    }

    @Test
    void nothingIsLeftWhereWhatGoesAlongFails() {
        leavesNothing(() -> assertThatThrownBy(() -> clients.register(
                        owner(),
                        TEAM,
                        "integration",
                        Parsed.typed(client("Alongside", "alongside.supplier.co.uk")),
                        result -> {
                            throw new Refusal.Conflict(Reason.REQUEST_OPEN);
                        }))
                .isInstanceOf(Refusal.Conflict.class));
    }

    @Test
    void whoHasLostTheRightMeanwhileLeavesNothing() {
        var credential = Credentials.issue("revoked while checked", "write", null);
        var revoked = new Actor(
                "api-credential:" + credential.path("id"),
                "",
                "C",
                false,
                Map.of(TEAM, Role.ADMIN),
                Actor.Kind.CREDENTIAL,
                "local-owner");
        Api.as("owner").delete("/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials/" + credential.path("id"), "");
        var removed = Actor.person("somebody", "", "S", false, Map.of(TEAM, Role.ADMIN));
        for (var actor : List.of(revoked, removed)) {
            leavesNothing(() -> assertThatThrownBy(() -> clients.register(
                            actor,
                            TEAM,
                            "integration",
                            Parsed.typed(client("Too late", "late.supplier.co.uk")),
                            NOTHING))
                    .isInstanceOfAny(Refusal.NotAllowed.class, Refusal.NotFound.class));
        }
    }

    @Test
    void anAddressOfASuspendedClientComesBackUnderNoNewApplication() {
        var suspended = clients.register(
                        owner(),
                        TEAM,
                        "deployment",
                        Parsed.typed(client("Kept out", "kept-out.supplier.co.uk")),
                        NOTHING)
                .registered()
                .registration();
        sql.execute("update registration set state = 'SUSPENDED', suspended_at = now(), suspension_reason = 'x'"
                + " where id = '" + suspended.id() + "'");
        try {
            leavesNothing(() -> assertThatThrownBy(() -> clients.register(
                            owner(),
                            TEAM,
                            "deployment",
                            Parsed.typed(client("Kept out again", "kept-out.supplier.co.uk")),
                            NOTHING))
                    .isInstanceOfSatisfying(Refusal.Conflict.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(Reason.SUSPENDED)));
            // The trail names no application that is not there.
            assertThat(sql.text("select after from audit_entry where act = 'suspended-address-refused'"
                            + " and object_id = '" + suspended.id() + "'"))
                    .contains("Kept out again")
                    .doesNotContainIgnoringCase("applicationid")
                    .doesNotContain("application_id");
        } finally {
            sql.execute("update registration set state = 'ACTIVE', suspended_at = null, suspension_reason = null"
                    + " where id = '" + suspended.id() + "'");
        }
    }

    @Test
    void thereAreNoClientsWhereNobodyRegistersWithoutAsking() {
        for (var environment : List.of("mock", "production", "elsewhere")) {
            leavesNothing(() -> assertThatThrownBy(() -> clients.register(
                            owner(), TEAM, environment, Parsed.typed(client("Nowhere", "nowhere.co.uk")), NOTHING))
                    .isInstanceOf(Refusal.NotFound.class));
        }
    }

    private void refused(ThrowingCallable act, Rule... rules) {
        leavesNothing(
                () -> assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.Rejected.class, refusal -> assertThat(
                                refusal.violations().all())
                        .extracting(Violation::rule)
                        .containsExactly(rules)));
    }

    private void leavesNothing(Runnable act) {
        var before = kept();
        act.run();
        assertThat(kept()).isEqualTo(before);
    }

    private String kept() {
        return sql.text(
                "select concat((select count(*) from application), ' ', (select count(*) from registration), ' ',"
                        + " (select count(*) from issued_client_id), ' ', (select count(*) from client_secret), ' ',"
                        + " (select count(*) from audit_entry where act in ('application-created', 'registration-issued')))");
    }

    private static NewClient client(String name, String host) {
        return new NewClient(
                new ApplicationCandidate(null, null, null, null, null, null),
                candidate(name, "https://" + host + "/callback"));
    }

    private static Candidate candidate(String name, String redirectUri) {
        return Candidate.EMPTY
                .withClientName(name)
                .withRedirectUris(List.of(redirectUri))
                .withTokenEndpointAuthMethod("client_secret_basic");
    }
}

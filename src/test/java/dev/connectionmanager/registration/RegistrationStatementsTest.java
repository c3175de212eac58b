package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationStatements.Read;
import dev.connectionmanager.registration.RegistrationStatements.Rights;
import dev.connectionmanager.registration.RegistrationStatements.WriteResult;
import dev.connectionmanager.registration.RegistrationStatements.Writing;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is written where everything is as it was read, and else nothing is. */
@PortalTest
class RegistrationStatementsTest {
    @Inject
    RegistrationStatements statements;

    @Inject
    Sql sql;

    @Test
    void aNumberIsIssuedOnceUnderWhicheverSuffix() {
        assertThat(issue(read(), "111111111111.apps.local")).isEqualTo(WriteResult.WRITTEN);
        assertThat(issue(read(), "111111111111.apps.national")).isEqualTo(WriteResult.TAKEN);
    }

    @Test
    void anApplicationIsRegisteredOnceInAnEnvironment() {
        var read = read();
        assertThat(issue(read, "111111111112.apps.local")).isEqualTo(WriteResult.WRITTEN);
        assertThat(issue(read, "111111111113.apps.local")).isEqualTo(WriteResult.NOT_AS_READ);
        assertThat(sql.number("select count(*) from issued_client_id where number = '111111111113'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update application set deleted_at = now() where id = '%s'",
                "update application set application_type = 'NATIVE' where id = '%s'",
                "update application set category = 'NATIONAL' where id = '%s'",
                "update application set team_id = '" + Api.OTHER_TEAM + "' where id = '%s'",
            })
    void nothingIsWrittenForAnApplicationThatHasChangedMeanwhile(String change) {
        var read = read();
        sql.execute(change.formatted(read.application().id()));
        assertThat(issue(read, "111111111114.apps.local")).isEqualTo(WriteResult.NOT_AS_READ);
    }

    @Test
    void aRevisionIsReplacedOnce() {
        var before = read();
        issue(before, "111111111115.apps.local");
        var read = statements.read(before.application().id(), "integration").orElseThrow();
        assertThat(change(read)).isEqualTo(WriteResult.WRITTEN);
        assertThat(change(read)).isEqualTo(WriteResult.NOT_AS_READ);
        var current = statements
                .read(read.application().id(), "integration")
                .flatMap(Read::current)
                .orElseThrow();
        assertThat(current.registration().revision()).isEqualTo(2);
        assertThat(current.tag())
                .isEqualTo(read.current().orElseThrow().registration().revised().tag());
    }

    @Test
    void registrationsOfATeamDoNotWaitForEachOther() {
        var read = read();
        var other = Api.newApplication("Beside " + UUID.randomUUID()) + "/registrations/integration";
        var metadata = writing(read);
        QuarkusTransaction.requiringNew().run(() -> {
            var registration =
                    new Registration(read.application().id(), "integration", "111111111116.apps.local", Instant.now());
            assertThat(statements.issue(metadata, registration, null)).isEqualTo(WriteResult.WRITTEN);
            assertThat(CompletableFuture.supplyAsync(() -> Api.as("owner")
                            .put(other, Api.metadata(), "If-None-Match: *")
                            .statusCode()))
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo(201);
        });
    }

    private Read read() {
        var location = Api.newApplication("Statement " + UUID.randomUUID());
        return statements
                .read(UUID.fromString(location.substring(location.lastIndexOf('/') + 1)), "integration")
                .orElseThrow();
    }

    private WriteResult issue(Read read, String clientId) {
        var registration = new Registration(read.application().id(), "integration", clientId, Instant.now());
        return QuarkusTransaction.requiringNew().call(() -> statements.issue(writing(read), registration, null));
    }

    private WriteResult change(Read read) {
        return QuarkusTransaction.requiringNew()
                .call(() -> statements.change(
                        writing(read), read.current().orElseThrow().registration()));
    }

    private static Writing writing(Read read) {
        var metadata = new ClientMetadata(
                "Statement",
                ApplicationType.WEB,
                List.of("https://app.supplier.co.uk/callback"),
                TokenEndpointAuthMethod.CLIENT_SECRET_BASIC,
                null,
                null,
                null,
                null,
                false);
        var actor = Actor.person("somebody", "", "Somebody", false, Map.of());
        return new Writing(actor, Rights.ASKED_FOR, read.application(), "integration", metadata, Violations.NONE);
    }
}

package dev.connectionmanager.mock.client;

import dev.connectionmanager.credential.SecretUses;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.client.OpenClientRules.Judged;
import jakarta.inject.Singleton;

/** Judges clients that no team registers, by what the mock supports and which client secrets there are. */
@Singleton
public class OpenClientCheck {
    private final MockDatabase database;
    private final SecretUses secrets;
    private final Environment environment;

    OpenClientCheck(MockDatabase database, SecretUses secrets, Environments environments) {
        this.database = database;
        this.secrets = secrets;
        this.environment = environments.all().stream()
                .filter(one -> one.kind() == EnvironmentKind.SELF_SERVICE)
                .findFirst()
                .orElseThrow();
    }

    /**
     * @param asked what was asked for; absent members get their defaults
     * @param jwks the key set as JSON; {@code null} = none
     */
    public Judged judge(Candidate asked, String jwks) {
        return OpenClientRules.judge(
                asked, jwks, environment, guids -> database.call(connection -> secrets.working(connection, guids)));
    }
}

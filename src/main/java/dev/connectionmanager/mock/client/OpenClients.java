package dev.connectionmanager.mock.client;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.credential.SealedSecret;
import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.RandomTexts;
import dev.connectionmanager.mock.client.MockClient.Authentication;
import dev.connectionmanager.mock.client.MockClient.Kind;
import dev.connectionmanager.mock.client.MockClient.Logout;
import dev.connectionmanager.mock.client.MockClient.Redirects;
import dev.connectionmanager.mock.client.MockClient.State;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Clients that no team registered: anybody's, at the public issuer, and those of tests, each at its own. */
@Singleton
public class OpenClients implements Forgetful {
    /** How long one is kept that is not used. */
    public static final Duration KEPT = Duration.ofDays(30);

    /** How their IDs begin: no registered client's does. */
    private static final String PREFIX = "mock-";

    private static final int LENGTH = 24;
    /** How their registration access tokens begin. */
    private static final String TOKEN = "cm_mock_";

    private static final int TOKEN_LENGTH = 40;
    /** A use is noted so often. */
    private static final Duration NOTED = Duration.ofHours(1);

    private final MockDatabase database;
    private final SecretVault vault;
    private final Environments environments;
    private final Clock clock;

    OpenClients(MockDatabase database, SecretVault vault, Environments environments, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.environments = environments;
        this.clock = clock;
    }

    /**
     * One just made.
     *
     * @param secret in clear, for the one answer that shows it; {@code null} = it has none
     * @param token with which its maker reads and ends it, the same; {@code null} = it is a test's
     */
    public record Made(String clientId, String secret, String token, Instant at) {
        @Override
        public String toString() {
            return "Made[" + clientId + "]";
        }
    }

    /** Whether an ID is one of theirs by its form. */
    static boolean isOne(String clientId) {
        return clientId.startsWith(PREFIX);
    }

    /**
     * @param issuer empty for the public one
     * @param keys by value; {@code null} = none
     * @param network that it is made from; {@code null} = of a test, which has limits of its own
     */
    public Made make(String issuer, ClientMetadata metadata, JWKSet keys, String network) {
        return make(issuer, metadata, keys, network, false);
    }

    /** @param trusted whether answers go to its redirect URIs without a click: a team answers for it */
    public Made make(String issuer, ClientMetadata metadata, JWKSet keys, String network, boolean trusted) {
        var made = new Made(
                PREFIX + RandomTexts.letters(LENGTH),
                metadata.tokenEndpointAuthMethod().usesSecret()
                        ? UUID.randomUUID().toString()
                        : null,
                issuer.isEmpty() ? TOKEN + RandomTexts.letters(TOKEN_LENGTH) : null,
                clock.instant());
        database.update(
                """
                insert into mock_client
                    (client_id, issuer, metadata, jwks, sealed_secret, made_from, made_at, last_used_at, trusted, token_hash)
                values (?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?)""",
                made.clientId(),
                issuer,
                StoredJson.write(metadata),
                keys == null ? null : keys.toString(true),
                made.secret() == null ? null : vault.seal(made.secret(), owner(made.clientId())),
                network == null ? null : vault.mark(network),
                made.at(),
                made.at(),
                trusted,
                made.token() == null ? null : RandomTexts.hash(made.token()));
        return made;
    }

    /**
     * One of an issuer's.
     *
     * @param jwks its public keys, as JSON; {@code null} = none
     */
    public record Known(String clientId, ClientMetadata metadata, String jwks) {}

    /** In the order in which they were made. */
    public List<Known> all(String issuer) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select client_id, metadata, jwks from mock_client where issuer = ? order by made_at, client_id",
                            issuer);
                    var rows = query.executeQuery()) {
                List<Known> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Known(
                            rows.getString(1),
                            StoredJson.read(rows.getString(2), ClientMetadata.class),
                            rows.getString(3)));
                }
                return found;
            }
        });
    }

    /** Ends all of a test's. */
    public void forget(String issuer) {
        database.update("delete from mock_client where issuer = ? and issuer <> ''", issuer);
    }

    /** How many there are at the public issuer, and how many of them were made from this network. */
    public record Alive(int all, int fromNetwork) {}

    public Alive alive(String network) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select count(*), count(*) filter (where made_from = ?) from mock_client where issuer = ''",
                            vault.mark(network));
                    var row = query.executeQuery()) {
                row.next();
                return new Alive(row.getInt(1), row.getInt(2));
            }
        });
    }

    Optional<MockClient> find(Connection connection, String issuer, String clientId) throws SQLException {
        try (var query = MockDatabase.prepare(
                        connection,
                        "select * from mock_client where issuer = ? and client_id = ? and last_used_at > ?",
                        issuer,
                        clientId,
                        clock.instant().minus(KEPT));
                var row = query.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            if (row.getObject("last_used_at", OffsetDateTime.class)
                    .toInstant()
                    .isBefore(clock.instant().minus(NOTED))) {
                noteUse(connection, clientId);
            }
            return Optional.of(client(row));
        }
    }

    private void noteUse(Connection connection, String clientId) throws SQLException {
        try (var update = MockDatabase.prepare(
                connection, "update mock_client set last_used_at = ? where client_id = ?", clock.instant(), clientId)) {
            update.executeUpdate();
        }
    }

    private MockClient client(ResultSet row) throws SQLException {
        var metadata = StoredJson.read(row.getString("metadata"), ClientMetadata.class);
        var keys = row.getString("jwks");
        var sealed = row.getBytes("sealed_secret");
        try {
            return new MockClient(
                    row.getString("client_id"),
                    metadata.clientName(),
                    row.getBoolean("trusted") ? Kind.TEST : Kind.OPEN,
                    State.ACTIVE,
                    null,
                    null,
                    new Redirects(metadata.redirectUris(), List.of()),
                    new Authentication(
                            metadata.tokenEndpointAuthMethod(),
                            metadata.tokenEndpointAuthSigningAlg(),
                            listedAlgs(),
                            null,
                            null,
                            keys == null ? null : JWKSet.parse(keys),
                            sealed == null ? List.of() : List.of(new SealedSecret(new UUID(0, 0), sealed))),
                    metadata.userinfoSignedResponseAlg(),
                    metadata.backchannelLogoutUri() == null
                            ? null
                            : new Logout(metadata.backchannelLogoutUri(), metadata.backchannelLogoutSessionRequired()));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> listedAlgs() {
        return environments.all().stream()
                .filter(environment -> environment.kind() == EnvironmentKind.SELF_SERVICE)
                .flatMap(environment -> environment.metadata().tokenEndpointAuthSigningAlgValuesSupported().stream())
                .toList();
    }

    boolean anySecret(MockClient client, Predicate<String> test) {
        return client.authentication().secrets().stream().anyMatch(secret -> {
            try {
                return test.test(vault.open(secret.ciphertext(), owner(client.clientId())));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("A secret of the mock cannot be opened with the keyset", e);
            }
        });
    }

    /** Ends those that nobody has used for long. */
    @Override
    public void forget() {
        database.update(
                "delete from mock_client where last_used_at < ?",
                clock.instant().minus(KEPT));
    }

    private static String owner(String clientId) {
        return "mock-client\n" + clientId;
    }
}

package dev.connectionmanager.mock.client;

import dev.connectionmanager.credential.SecretUses;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.client.MockClient.Authentication;
import dev.connectionmanager.mock.client.MockClient.Kind;
import dev.connectionmanager.mock.client.MockClient.Logout;
import dev.connectionmanager.mock.client.MockClient.Redirects;
import dev.connectionmanager.mock.client.MockClient.State;
import dev.connectionmanager.registration.known.KnownClient;
import dev.connectionmanager.registration.known.KnownClients;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Which client an ID is, as it stands at this moment. */
@Singleton
public class MockClients {
    static final String REDIRECT = "redirect_uris";
    static final String KEYS = "jwks_uri";
    static final String LOGOUT = "backchannel_logout_uri";

    private final MockDatabase database;
    private final KnownClients registered;
    private final Environments environments;
    private final SecretUses secrets;
    private final OpenClients open;

    MockClients(
            MockDatabase database,
            KnownClients registered,
            Environments environments,
            SecretUses secrets,
            OpenClients open) {
        this.database = database;
        this.registered = registered;
        this.environments = environments;
        this.secrets = secrets;
        this.open = open;
    }

    /**
     * @param issuer empty for the public one: only that knows what teams registered
     * @return also one that may not log people in
     */
    public Optional<MockClient> find(String issuer, String clientId) {
        // Which the database cannot be asked for.
        if (clientId.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return database.call(connection -> {
            if (!issuer.isEmpty() || OpenClients.isOne(clientId)) {
                return open.find(connection, issuer, clientId);
            }
            var known = registered.find(connection, clientId);
            return known.isPresent()
                    ? Optional.of(client(known.get(), localAddresses(connection, clientId)))
                    : Optional.empty();
        });
    }

    /**
     * Tries the client's secrets; that one was good is noted.
     *
     * @param test is given a secret in clear, and must neither keep nor tell it
     */
    public boolean anySecret(MockClient client, Predicate<String> test) {
        if (client.kind() != Kind.REGISTERED) {
            return open.anySecret(client, test);
        }
        var good = secrets.first(client.authentication().secrets(), client.clientId(), client.environment(), test);
        good.ifPresent(this::note);
        return good.isPresent();
    }

    private void note(UUID secret) {
        database.call(connection -> {
            secrets.usedInMock(connection, secret);
            return secret;
        });
    }

    private MockClient client(KnownClient known, Map<String, List<String>> local) {
        var metadata = known.metadata();
        var environment = environments.find(known.environment());
        return new MockClient(
                known.clientId(),
                metadata.clientName(),
                Kind.REGISTERED,
                environment
                                .filter(one -> one.kind() == EnvironmentKind.PATH_TO_LIVE)
                                .isPresent()
                        ? State.valueOf(known.state().name())
                        : State.PRODUCTION,
                known.teamId(),
                known.environment(),
                new Redirects(metadata.redirectUris(), local.getOrDefault(REDIRECT, List.of())),
                new Authentication(
                        metadata.tokenEndpointAuthMethod(),
                        metadata.tokenEndpointAuthSigningAlg(),
                        environment
                                .map(one -> one.metadata().tokenEndpointAuthSigningAlgValuesSupported())
                                .orElse(List.of()),
                        metadata.jwksUri(),
                        first(local, KEYS),
                        null,
                        known.secrets()),
                metadata.userinfoSignedResponseAlg(),
                logout(
                        metadata.backchannelLogoutUri(),
                        first(local, LOGOUT),
                        metadata.backchannelLogoutSessionRequired()));
    }

    private static Logout logout(String registered, String local, boolean sessionRequired) {
        var uri = local == null ? registered : local;
        return uri == null ? null : new Logout(uri, sessionRequired);
    }

    private static String first(Map<String, List<String>> local, String member) {
        return local.getOrDefault(member, List.of()).stream().findFirst().orElse(null);
    }

    private static Map<String, List<String>> localAddresses(Connection connection, String clientId)
            throws SQLException {
        try (var query = MockDatabase.prepare(
                        connection,
                        "select member, uri from mock_local_address where client_id = ? order by member, uri",
                        clientId);
                var rows = query.executeQuery()) {
            var found = new HashMap<String, List<String>>();
            while (rows.next()) {
                found.computeIfAbsent(rows.getString("member"), unused -> new ArrayList<>())
                        .add(rows.getString("uri"));
            }
            return found;
        }
    }
}

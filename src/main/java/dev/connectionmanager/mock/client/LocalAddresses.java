package dev.connectionmanager.mock.client;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.mock.KeptByClient;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The acts on addresses of a developer's own computer, which a team may add to a client for the mock alone. They are no part of
 * the registration: nobody else is told of them.
 */
@ApplicationScoped
public class LocalAddresses implements KeptByClient {
    private static final int RETRY_SECONDS = 60;

    private final Registrations registrations;
    private final Environments environments;
    private final DataSource database;
    private final AuditTrail trail;

    LocalAddresses(Registrations registrations, Environments environments, DataSource database, AuditTrail trail) {
        this.registrations = registrations;
        this.environments = environments;
        this.database = database;
        this.trail = trail;
    }

    /** @throws Refusal.NotFound for what the actor may not see, and where the mock knows no clients of the environment */
    public LocalAddressCandidate find(Actor actor, UUID applicationId, String environment) {
        return read(registered(actor, applicationId, environment).registration().clientId());
    }

    /**
     * Puts these in the place of those that are there.
     *
     * @throws Refusal.NotFound as in {@link #find}
     * @throws Refusal.NotAllowed for whoever may not change the registration
     * @throws Refusal.Rejected for an address that leads elsewhere than to the computer that opens it
     * @throws Refusal.TooMany for more than ten
     */
    @Transactional
    public LocalAddressCandidate replace(
            Actor actor, UUID applicationId, String environment, Parsed<LocalAddressCandidate> sent) {
        var registered = registered(actor, applicationId, environment);
        actor.mustBe(Role.ADMIN, registered.application().teamId());
        Refusal.Rejected.ifBlocking(sent.and(LocalAddressRules.check(sent.candidate())));
        if (sent.candidate().count() > LocalAddressRules.MOST) {
            throw new Refusal.TooMany(RETRY_SECONDS, Reason.LIMIT_REACHED);
        }
        var clientId = registered.registration().clientId();
        var before = read(clientId);
        write(clientId, sent.candidate());
        trail.write(actor.auditEntry(
                        "local-addresses-changed",
                        registered.application().teamId(),
                        "registration",
                        registered.registration().id().toString(),
                        null,
                        before,
                        sent.candidate())
                .about(Map.of(
                        "application",
                        registered.application().details().name(),
                        "environment",
                        environments.find(environment).map(Environment::name).orElse(environment))));
        return read(clientId);
    }

    @Override
    public Set<String> clients() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select distinct client_id from mock_local_address");
                var rows = query.executeQuery()) {
            var found = new HashSet<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("Local addresses could not be read", e);
        }
    }

    @Override
    public void forget(Collection<String> clientIds) {
        try (var connection = database.getConnection();
                var delete = MockDatabase.prepare(
                        connection, "delete from mock_local_address where client_id = any (?)", (Object)
                                clientIds.toArray(String[]::new))) {
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("Local addresses could not be forgotten", e);
        }
    }

    /** What a team has set is there again when its registration is restored. */
    @Override
    public Duration after() {
        return Registration.RESTORABLE;
    }

    private RegistrationSnapshot registered(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        registrations.pathToLive(environment);
        return registered;
    }

    private LocalAddressCandidate read(String clientId) {
        try (var connection = database.getConnection()) {
            var redirects = values(connection, clientId, MockClients.REDIRECT);
            return new LocalAddressCandidate(
                    redirects,
                    values(connection, clientId, MockClients.KEYS).stream()
                            .findFirst()
                            .orElse(null),
                    values(connection, clientId, MockClients.LOGOUT).stream()
                            .findFirst()
                            .orElse(null));
        } catch (SQLException e) {
            throw new IllegalStateException("Local addresses could not be read", e);
        }
    }

    private static List<String> values(Connection connection, String clientId, String member) throws SQLException {
        try (var query = MockDatabase.prepare(
                        connection,
                        "select uri from mock_local_address where client_id = ? and member = ? order by uri",
                        clientId,
                        member);
                var rows = query.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private void write(String clientId, LocalAddressCandidate addresses) {
        try (var connection = database.getConnection();
                var delete = MockDatabase.prepare(
                        connection, "delete from mock_local_address where client_id = ?", clientId)) {
            delete.executeUpdate();
            for (var uri : addresses.redirectUris()) {
                insert(connection, clientId, MockClients.REDIRECT, uri);
            }
            insert(connection, clientId, MockClients.KEYS, addresses.jwksUri());
            insert(connection, clientId, MockClients.LOGOUT, addresses.backchannelLogoutUri());
        } catch (SQLException e) {
            throw new IllegalStateException("Local addresses could not be written", e);
        }
    }

    private static void insert(Connection connection, String clientId, String member, String uri) throws SQLException {
        if (uri == null) {
            return;
        }
        try (var insert = MockDatabase.prepare(
                connection,
                "insert into mock_local_address (client_id, member, uri) values (?, ?, ?) on conflict do nothing",
                clientId,
                member,
                uri)) {
            insert.executeUpdate();
        }
    }
}

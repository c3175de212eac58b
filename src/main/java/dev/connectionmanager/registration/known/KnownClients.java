package dev.connectionmanager.registration.known;

import dev.connectionmanager.credential.SealedSecret;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.registration.known.KnownClient.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds registered clients by their IDs, as an OpenID Provider does at each request of each client: by one statement, on a
 * connection of whoever asks.
 */
@ApplicationScoped
public class KnownClients {
    private static final String FIND = """
            select r.application_id, r.team_id, r.environment, r.client_id, r.state, r.deleted_at, v.metadata,
                s.id as secret_id, s.ciphertext
            from registration r
            join revision v on v.registration_id = r.id and v.number = r.revision
            left join client_secret s on s.registration_id = r.id and s.revoked_at is null
                and (s.expires_at is null or s.expires_at > ?)
            where r.client_id = ?""";

    private final Clock clock;

    KnownClients(Clock clock) {
        this.clock = clock;
    }

    /** @return also one that is suspended or deleted; empty for an ID that was never issued */
    public Optional<KnownClient> find(Connection database, String clientId) throws SQLException {
        try (var query = database.prepareStatement(FIND)) {
            query.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            query.setString(2, clientId);
            try (var row = query.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    /** Those of these clients whose registrations were deleted by then. */
    public Set<String> deleted(Connection database, Collection<String> clientIds, Instant by) throws SQLException {
        try (var query = database.prepareStatement(
                "select client_id from registration where client_id = any (?) and deleted_at <= ?")) {
            query.setObject(2, OffsetDateTime.ofInstant(by, ZoneOffset.UTC));
            query.setArray(1, database.createArrayOf("text", clientIds.toArray()));
            try (var rows = query.executeQuery()) {
                var found = new HashSet<String>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }
    }

    private static KnownClient read(ResultSet row) throws SQLException {
        var applicationId = row.getObject("application_id", UUID.class);
        var teamId = row.getObject("team_id", UUID.class);
        var environment = row.getString("environment");
        var clientId = row.getString("client_id");
        var metadata = StoredJson.read(row.getString("metadata"), ClientMetadata.class);
        var state = row.getObject("deleted_at") == null ? State.valueOf(row.getString("state")) : State.DELETED;
        List<SealedSecret> secrets = new ArrayList<>();
        do {
            var id = row.getObject("secret_id", UUID.class);
            if (id != null) {
                secrets.add(new SealedSecret(id, row.getBytes("ciphertext")));
            }
        } while (row.next());
        return new KnownClient(applicationId, teamId, environment, clientId, state, metadata, secrets);
    }
}

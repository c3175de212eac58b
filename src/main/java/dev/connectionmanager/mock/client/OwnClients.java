package dev.connectionmanager.mock.client;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.mock.BearerToken;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.log.LoggedExchange;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Test clients that anybody made, for whoever has the token of one: its registration access token, RFC 7592. */
@Singleton
public class OwnClients {
    private final MockDatabase database;
    private final ExchangeLog log;

    OwnClients(MockDatabase database, ExchangeLog log) {
        this.database = database;
        this.log = log;
    }

    /** One of them, whose token was shown. */
    public record OwnClient(String clientId, ClientMetadata metadata, Instant madeAt) {}

    /**
     * @param authorization the header; {@code null} = none was sent
     * @return empty for everybody else, as for one that there is not
     */
    public Optional<OwnClient> ofBearer(String clientId, String authorization) {
        return find(clientId)
                .filter(one -> BearerToken.isIn(authorization, one.tokenHash()))
                .map(Found::client);
    }

    /** The same for whoever types the token. */
    public Optional<OwnClient> ofToken(String clientId, String token) {
        return find(clientId)
                .filter(one -> BearerToken.is(token, one.tokenHash()))
                .map(Found::client);
    }

    private record Found(OwnClient client, byte[] tokenHash) {
        static Found of(ResultSet row) throws SQLException {
            return new Found(
                    new OwnClient(
                            row.getString("client_id"),
                            StoredJson.read(row.getString("metadata"), ClientMetadata.class),
                            row.getObject("made_at", OffsetDateTime.class).toInstant()),
                    row.getBytes("token_hash"));
        }
    }

    private Optional<Found> find(String clientId) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select client_id, metadata, made_at, token_hash from mock_client"
                                    + " where issuer = '' and client_id = ?",
                            clientId);
                    var row = query.executeQuery()) {
                return row.next() ? Optional.of(Found.of(row)) : Optional.empty();
            }
        });
    }

    /** Ends it, with its log. */
    public void end(OwnClient own) {
        database.transaction(connection -> {
            log.forget(List.of(own.clientId()));
            return database.update("delete from mock_client where issuer = '' and client_id = ?", own.clientId());
        });
    }

    /**
     * What was seen of it, the latest first.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     */
    public Page<LoggedExchange> log(OwnClient own, Cursor after, int limit) {
        return log.page(own.clientId(), after, limit);
    }
}

package dev.connectionmanager.testuser;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.testuser.TestUser.Codes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A team's test users for whoever lets people log in, read on a connection of whoever asks. Asks for no right. */
@Singleton
public class KnownTestUsers {
    /** By UUID, of every environment. */
    public List<TestUserCandidate> of(Connection database, UUID team) throws SQLException {
        try (var query = database.prepareStatement(
                "select environment, uuid, roles, holder, authenticators from test_user where team_id = ? order by uuid")) {
            query.setObject(1, team);
            try (var rows = query.executeQuery()) {
                List<TestUserCandidate> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new TestUserCandidate(
                            rows.getString("environment"),
                            rows.getString("uuid"),
                            StoredJson.read(rows.getString("roles"), Codes.class)
                                    .all(),
                            rows.getString("holder"),
                            StoredJson.read(rows.getString("authenticators"), Codes.class)
                                    .all()));
                }
                return found;
            }
        }
    }
}

package dev.connectionmanager.mock.user;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.MockDatabase;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The users of tests. */
@Singleton
public class OwnUsers {
    private final MockDatabase database;

    OwnUsers(MockDatabase database) {
        this.database = database;
    }

    /** By log-in name. */
    public List<MockUser> all(String issuer) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection, "select document from mock_user where issuer = ? order by login", issuer);
                    var rows = query.executeQuery()) {
                List<MockUser> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(StoredJson.read(rows.getString(1), MockUser.class));
                }
                return found;
            }
        });
    }

    /** These, in place of all that there were. */
    public void replace(String issuer, List<MockUser> users) {
        database.transaction(connection -> {
            database.update("delete from mock_user where issuer = ?", issuer);
            users.forEach(user -> add(issuer, user));
            return users;
        });
    }

    private void add(String issuer, MockUser user) {
        database.update(
                "insert into mock_user (issuer, uuid, login, document) values (?, ?, ?, ?::jsonb)",
                issuer,
                user.uuid(),
                user.login(),
                StoredJson.write(user));
    }
}

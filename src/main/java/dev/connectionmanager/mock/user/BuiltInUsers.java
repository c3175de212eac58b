package dev.connectionmanager.mock.user;

import com.google.common.base.Suppliers;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.user.MockUser.NationalRole;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The users that every issuer of the mock has: {@code users.json}, read when somebody first logs in. */
@Singleton
public class BuiltInUsers {
    private final Supplier<List<MockUser>> users = Suppliers.memoize(BuiltInUsers::read);

    public List<MockUser> all() {
        return users.get();
    }

    /** @param hint their log-in name, UUID or email address */
    public Optional<MockUser> named(String hint) {
        return all().stream().filter(user -> user.isNamed(hint)).findFirst();
    }

    /** @param code of a role, whole or its last part: {@code R8015} */
    Optional<NationalRole> role(String code) {
        return all().stream()
                .flatMap(user -> user.roles().stream())
                .filter(role -> role.roleCode().equals(code) || role.roleCode().endsWith(":" + code))
                .findFirst();
    }

    private static List<MockUser> read() {
        try (var text = BuiltInUsers.class.getResourceAsStream("users.json")) {
            return List.of(StoredJson.mapper().readValue(text, MockUser[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

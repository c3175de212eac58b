package dev.connectionmanager.api.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.user.BuiltInUsers;
import dev.connectionmanager.mock.user.MockUser;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The users that every issuer of the mock has. */
@Path(MockSettings.ROOT + "/users")
@PermitAll
class MockUsersResource {
    private final BuiltInUsers users;

    MockUsersResource(BuiltInUsers users) {
        this.users = users;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public UserList all() {
        return new UserList(users.all());
    }

    record UserList(List<MockUser> items) {}
}

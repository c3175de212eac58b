package dev.connectionmanager.web.testuser;

import static dev.connectionmanager.web.layout.CsvFile.time;

import dev.connectionmanager.policy.Page;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.testuser.TestUser;
import dev.connectionmanager.testuser.TestUsers;
import dev.connectionmanager.web.layout.CsvFile;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A team's test users as a file for spreadsheets. */
@Path("/teams/{team_id}/test-users.csv")
@Produces("text/csv")
@Authenticated
@RequestScoped
class TestUserFiles {
    private final TestUsers users;
    private final CsvFile file;
    private final Actor actor;

    TestUserFiles(TestUsers users, CsvFile file, Actor actor) {
        this.users = users;
        this.file = file;
        this.actor = actor;
    }

    @GET
    public Response all(@PathParam("team_id") UUID id) {
        return file.of(
                "test-users",
                List.of("environment", "uuid", "roles", "holder", "authenticators", "noted_at"),
                cursor -> new Page<>(users.all(actor, id), null),
                (TestUser user) -> Stream.of(
                        user.asCandidate().environment(),
                        user.asCandidate().uuid(),
                        String.join(" ", user.asCandidate().roles()),
                        user.asCandidate().holder(),
                        String.join(" ", user.asCandidate().authenticators()),
                        time(user.madeAt())));
    }
}

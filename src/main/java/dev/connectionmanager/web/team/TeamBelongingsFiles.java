package dev.connectionmanager.web.team;

import static dev.connectionmanager.web.layout.CsvFile.PAGE;
import static dev.connectionmanager.web.layout.CsvFile.time;

import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.credential.ApiCredential;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.keyset.HostedKeySet;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.registration.keyset.KeySets;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.web.layout.CsvFile;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What is offered to a team, and the key sets and credentials that it keeps, as files for spreadsheets; never a secret. */
@Path("/teams/{team_id}")
@Produces("text/csv")
@Authenticated
@RequestScoped
class TeamBelongingsFiles {
    private final Teams teams;
    private final Handovers handovers;
    private final KeySets keySets;
    private final ApiCredentials credentials;
    private final CsvFile file;
    private final Actor actor;
    private final Clock clock;

    TeamBelongingsFiles(
            Teams teams,
            Handovers handovers,
            KeySets keySets,
            ApiCredentials credentials,
            CsvFile file,
            Actor actor,
            Clock clock) {
        this.teams = teams;
        this.handovers = handovers;
        this.keySets = keySets;
        this.credentials = credentials;
        this.file = file;
        this.actor = actor;
        this.clock = clock;
    }

    @GET
    @Path("handovers.csv")
    public Response handovers(@PathParam("team_id") UUID id) {
        var team = teams.find(actor, id).id();
        return file.of(
                "handovers",
                List.of("application", "from_team", "offered_by", "offered_at", "lapses_at"),
                cursor -> handovers.offeredTo(actor, team, Cursor.parseTimed(cursor), PAGE),
                offered -> Stream.of(
                        offered.application().details().name(),
                        offered.fromTeamName(),
                        offered.offer().offeredBy(),
                        time(offered.offer().offeredAt()),
                        time(offered.offer().lapsesAt())));
    }

    @GET
    @Path("key-sets.csv")
    public Response keySets(@PathParam("team_id") UUID id) {
        return file.of(
                "key-sets",
                List.of("name", "key_set_id", "keys", "made_by", "made_at"),
                cursor -> new Page<>(keySets.all(actor, id), null),
                (HostedKeySet set) -> Stream.of(
                        set.name(),
                        set.id().toString(),
                        Integer.toString(set.keys(clock.instant()).size()),
                        set.madeByName(),
                        time(set.madeAt())));
    }

    @GET
    @Path("credentials.csv")
    public Response credentials(@PathParam("team_id") UUID id) {
        var team = teams.find(actor, id).id();
        return file.of(
                "credentials",
                List.of("name", "credential_id", "scope", "created_at", "expires_at", "last_used_at"),
                cursor -> new Page<>(credentials.all(actor, team), null),
                (ApiCredential credential) -> Stream.of(
                        credential.name(),
                        credential.id().toString(),
                        credential.scopeCode(),
                        time(credential.createdAt()),
                        time(credential.expiresAt()),
                        time(credential.lastUsedAt())));
    }
}

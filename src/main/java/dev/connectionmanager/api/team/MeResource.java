package dev.connectionmanager.api.team;

import dev.connectionmanager.credential.ApiCredential;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class MeResource {
    private final Teams teams;
    private final ApiCredentials credentials;
    private final Actor actor;

    MeResource(Teams teams, ApiCredentials credentials, Actor actor) {
        this.teams = teams;
        this.credentials = credentials;
        this.actor = actor;
    }

    @GET
    public MeView me() {
        var mine = teams.mine(actor);
        var credential = actor.credentialId()
                .flatMap(id -> mine.stream().findFirst().map(team -> credentials.find(actor, team.id(), id)));
        return new MeView(
                credential.isPresent() ? "credential" : "person",
                credential.map(ApiCredential::name).orElse(actor.name()),
                actor.operator(),
                mine.stream().map(team -> TeamView.of(team, actor)).toList(),
                credential.map(ApiCredential::scopeCode).orElse(null),
                credential.map(ApiCredential::expiresAt).orElse(null));
    }

    /**
     * @param kind {@code person} or {@code credential}
     * @param scope of a credential alone
     * @param expiresAt of a credential alone
     */
    record MeView(String kind, String name, boolean operator, List<TeamView> teams, String scope, Instant expiresAt) {}

    /** @param role what a credential may do is what somebody in this role may, and less: see its scope */
    record TeamView(UUID teamId, String name, String role) {
        static TeamView of(Team team, Actor actor) {
            return new TeamView(
                    team.id(),
                    team.name(),
                    actor.roleIn(team.id()).orElseThrow().code());
        }
    }
}

package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.registration.token.InitialAccessToken;
import dev.connectionmanager.registration.token.InitialAccessTokenCandidate;
import dev.connectionmanager.registration.token.InitialAccessTokens;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;

@Path("/api/v1/teams/{team_id}/initial-access-tokens")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class InitialAccessTokensResource {
    private final InitialAccessTokens tokens;
    private final Actor actor;

    InitialAccessTokensResource(InitialAccessTokens tokens, Actor actor) {
        this.tokens = tokens;
        this.actor = actor;
    }

    @GET
    public ItemList<InitialAccessTokenView> all(@PathParam("team_id") UUID team, @BeanParam PageQuery page) {
        return page.list(
                tokens.all(actor, team), one -> one.id().toString(), token -> InitialAccessTokenView.of(token, null));
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response issue(@PathParam("team_id") UUID team, byte[] body) {
        var issued = tokens.issue(actor, team, JsonBody.parse(body, InitialAccessTokenCandidate.class));
        var view = InitialAccessTokenView.of(issued.metadata(), issued.token());
        return ShownOnce.created("/api/v1/teams/" + team + "/initial-access-tokens/" + view.id(), view);
    }

    @GET
    @Path("{initial_access_token_id}")
    public InitialAccessTokenView one(@PathParam("team_id") UUID team, @PathParam("initial_access_token_id") UUID id) {
        return InitialAccessTokenView.of(tokens.find(actor, team, id), null);
    }

    @DELETE
    @Path("{initial_access_token_id}")
    public Response revoke(@PathParam("team_id") UUID team, @PathParam("initial_access_token_id") UUID id) {
        tokens.revoke(actor, team, id);
        return Response.noContent().build();
    }

    /** {@code token} is there only in the answer that issues it. */
    record InitialAccessTokenView(
            UUID id,
            String token,
            String environment,
            String lastFour,
            int uses,
            int used,
            Instant createdAt,
            Instant expiresAt) {
        static InitialAccessTokenView of(InitialAccessToken token, String clear) {
            return new InitialAccessTokenView(
                    token.id(),
                    clear,
                    token.environment(),
                    token.lastFour(),
                    token.uses(),
                    token.used(),
                    token.createdAt(),
                    token.expiresAt());
        }
    }
}

package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.credential.ApiCredentialCandidate;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.credential.KeptCredential;
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

@Path("/api/v1/teams/{team_id}/api-credentials")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ApiCredentialsResource {
    private final ApiCredentials credentials;
    private final Actor actor;

    ApiCredentialsResource(ApiCredentials credentials, Actor actor) {
        this.credentials = credentials;
        this.actor = actor;
    }

    @GET
    public ItemList<CredentialView> all(@PathParam("team_id") UUID team, @BeanParam PageQuery page) {
        return page.list(
                credentials.all(actor, team),
                one -> one.id().toString(),
                credential -> CredentialView.of(credential, null));
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response issue(@PathParam("team_id") UUID team, byte[] body) {
        var candidate = JsonBody.parse(body, ApiCredentialCandidate.class);
        var issued = credentials.issue(actor, team, candidate);
        var view = CredentialView.of(issued.metadata(), issued.token());
        return ShownOnce.created("/api/v1/teams/" + team + "/api-credentials/" + view.id(), view);
    }

    @GET
    @Path("{credential_id}")
    public CredentialView one(@PathParam("team_id") UUID team, @PathParam("credential_id") UUID id) {
        return CredentialView.of(credentials.find(actor, team, id), null);
    }

    @DELETE
    @Path("{credential_id}")
    public Response revoke(@PathParam("team_id") UUID team, @PathParam("credential_id") UUID id) {
        credentials.revoke(actor, team, id);
        return Response.noContent().build();
    }

    /** {@code token} is there only in the answer that issues it; {@code lastUsedAt} is to the minute. */
    record CredentialView(
            UUID id,
            String token,
            String name,
            String scope,
            Instant createdAt,
            Instant expiresAt,
            Instant lastUsedAt) {
        static CredentialView of(KeptCredential credential, String clear) {
            return new CredentialView(
                    credential.id(),
                    clear,
                    credential.name(),
                    credential.scopeCode(),
                    credential.createdAt(),
                    credential.expiresAt(),
                    credential.lastUsedAt());
        }
    }
}

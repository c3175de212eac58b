package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.api.team.ApiCredentialsResource.CredentialView;
import dev.connectionmanager.credential.ApiCredentialCandidate;
import dev.connectionmanager.credential.OperatorCredentials;
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
import java.util.UUID;

/** An operator's own API credentials, of scope {@code audit-read}. */
@Path("/api/v1/me/api-credentials")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class OwnCredentialsResource {
    private final OperatorCredentials credentials;
    private final Actor actor;

    OwnCredentialsResource(OperatorCredentials credentials, Actor actor) {
        this.credentials = credentials;
        this.actor = actor;
    }

    @GET
    public ItemList<CredentialView> all(@BeanParam PageQuery page) {
        return page.list(
                credentials.all(actor), one -> one.id().toString(), credential -> CredentialView.of(credential, null));
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response issue(byte[] body) {
        var issued = credentials.issue(actor, JsonBody.parse(body, ApiCredentialCandidate.class));
        return ShownOnce.created(
                "/api/v1/me/api-credentials/" + issued.metadata().id(),
                CredentialView.of(issued.metadata(), issued.token()));
    }

    @GET
    @Path("{own_credential_id}")
    public CredentialView one(@PathParam("own_credential_id") UUID id) {
        return CredentialView.of(credentials.find(actor, id), null);
    }

    @DELETE
    @Path("{own_credential_id}")
    public Response revoke(@PathParam("own_credential_id") UUID id) {
        credentials.revoke(actor, id);
        return Response.noContent().build();
    }
}

package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.registration.Secrets;
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

@Path("/api/v1/applications/{application_id}/registrations/{environment}/secrets")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class SecretsResource {
    private final Secrets secrets;
    private final Actor actor;

    SecretsResource(Secrets secrets, Actor actor) {
        this.secrets = secrets;
        this.actor = actor;
    }

    @GET
    public ItemList<SecretView> all(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(
                secrets.live(actor, id, environment),
                secret -> secret.id().toString(),
                secret -> SecretView.of(secret, null));
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rotate(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment, byte[] body) {
        var overlap = JsonBody.optional(body, Rotation.class).map(Rotation::overlapSeconds);
        var issued = secrets.rotate(actor, id, environment, overlap);
        return ShownOnce.created(
                "/api/v1/applications/" + id + "/registrations/" + environment + "/secrets/"
                        + issued.metadata().id(),
                SecretView.of(issued.metadata(), issued.secret()));
    }

    @GET
    @Path("{secret_id}")
    public SecretView one(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("secret_id") UUID secretId) {
        return SecretView.of(secrets.find(actor, id, environment, secretId), null);
    }

    @DELETE
    @Path("{secret_id}")
    public Response revoke(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("secret_id") UUID secretId) {
        secrets.revoke(actor, id, environment, secretId);
        return Response.noContent().build();
    }

    /** How long the old secret goes on working, in seconds: 0 to 2,592,000 (30 days); 604,800 (7 days) when absent. */
    record Rotation(Long overlapSeconds) {}

    /**
     * {@code clientSecret} is there only in the answer that issues it, {@code lastUsedAt} only once it is known: the OpenID
     * Provider judges secrets, and tells nobody. The portal's own mock is another one, and has {@code lastUsedInMock}.
     */
    record SecretView(
            UUID id,
            String clientSecret,
            String lastFour,
            Instant issuedAt,
            Instant expiresAt,
            Instant lastUsedAt,
            Instant lastUsedInMock) {
        static SecretView of(ClientSecret secret, String clear) {
            return new SecretView(
                    secret.id(),
                    clear,
                    secret.lastFour(),
                    secret.issuedAt(),
                    secret.expiresAt(),
                    secret.lastUsedAt(),
                    secret.lastUsedInMockAt());
        }
    }
}

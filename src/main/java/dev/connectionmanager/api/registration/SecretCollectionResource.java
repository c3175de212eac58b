package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/secret-collection")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class SecretCollectionResource {
    private final Secrets secrets;
    private final Actor actor;

    SecretCollectionResource(Secrets secrets, Actor actor) {
        this.secrets = secrets;
        this.actor = actor;
    }

    @POST
    @IdempotencyKeyed
    public Response collect(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        var collected = secrets.collect(actor, id, environment);
        var issued = collected.secret();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("client_id", collected.registered().registration().clientId());
        json.put("client_secret", issued.secret());
        // RFC 7591 section 3.2.1: 0 = it does not expire.
        json.put("client_secret_expires_at", 0);
        json.put("id", issued.metadata().id().toString());
        json.put("last_four", issued.metadata().lastFour());
        json.put("issued_at", issued.metadata().issuedAt().toString());
        return ShownOnce.created(
                "/api/v1/applications/" + id + "/registrations/" + environment + "/secrets/"
                        + issued.metadata().id(),
                json);
    }
}

package dev.connectionmanager.api.connect;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.registration.token.RegistrationTokens;
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

@Path("/api/v1/applications/{application_id}/registrations/{environment}/registration-token")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class RegistrationTokenResource {
    private final RegistrationTokens tokens;
    private final Actor actor;
    private final ConnectAddresses addresses;

    RegistrationTokenResource(RegistrationTokens tokens, Actor actor, ConnectAddresses addresses) {
        this.tokens = tokens;
        this.actor = actor;
        this.addresses = addresses;
    }

    @POST
    @IdempotencyKeyed
    public Response issue(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        var issued = tokens.issue(actor, id, environment);
        var clientId = issued.registered().registration().clientId();
        var view = new TokenView(issued.token(), addresses.configuration(environment, clientId));
        return ShownOnce.created(view.registrationClientUri(), view);
    }

    /** Shown by this answer alone; the token that there was has ended. */
    record TokenView(String registrationAccessToken, String registrationClientUri) {}
}

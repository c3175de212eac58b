package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.mock.client.LocalAddressCandidate;
import dev.connectionmanager.mock.client.LocalAddresses;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/local-addresses")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class LocalAddressesResource {
    private final LocalAddresses addresses;
    private final Actor actor;

    LocalAddressesResource(LocalAddresses addresses, Actor actor) {
        this.addresses = addresses;
        this.actor = actor;
    }

    @GET
    public LocalAddressCandidate get(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return addresses.find(actor, id, environment);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public LocalAddressCandidate put(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment, byte[] body) {
        return addresses.replace(actor, id, environment, JsonBody.parse(body, LocalAddressCandidate.class));
    }
}

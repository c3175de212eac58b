package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.registration.list.ClientSearch;
import dev.connectionmanager.registration.list.ClientSearch.Client;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;

@Path("/api/v1/clients")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ClientsResource {
    private final ClientSearch clients;
    private final Environments environments;
    private final Actor actor;

    ClientsResource(ClientSearch clients, Environments environments, Actor actor) {
        this.clients = clients;
        this.environments = environments;
        this.actor = actor;
    }

    @GET
    public ItemList<ClientView> list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("state") String state,
            @QueryParam("environment") String environment,
            @BeanParam PageQuery page) {
        var filter = new ClientSearch.Filter(
                search,
                RequestQuery.read(state, ClientSearch.State::ofCode, "client-state"),
                RequestQuery.read(environment, id -> environments.find(id).map(Environment::id), "environment"));
        return page.list(
                page.timedPosition(),
                (after, most) -> clients.page(actor, filter, after, most),
                ClientView::of,
                () -> clients.count(actor, filter));
    }

    /**
     * @param application its name
     * @param team its name
     * @param state {@code active}, {@code suspended} or {@code deleted}
     * @param restorableUntil only where an operator can undo its deletion
     */
    record ClientView(
            String clientId,
            String environment,
            String state,
            UUID applicationId,
            String applicationName,
            UUID teamId,
            String teamName,
            Instant issuedAt,
            Instant deletedAt,
            Instant restorableUntil) {
        static ClientView of(Client client) {
            var registration = client.registration();
            return new ClientView(
                    registration.clientId(),
                    registration.environment(),
                    client.state().code(),
                    client.application().id(),
                    client.application().details().name(),
                    client.team().id(),
                    client.team().name(),
                    registration.issuedAt(),
                    registration.deletedAt(),
                    client.restorable() ? registration.restorableUntil() : null);
        }
    }
}

package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.list.TeamRegistrations;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

@Path("/api/v1/teams/{team_id}/registrations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class TeamRegistrationsResource {
    private final TeamRegistrations registrations;
    private final Environments environments;
    private final Actor actor;

    TeamRegistrationsResource(TeamRegistrations registrations, Environments environments, Actor actor) {
        this.registrations = registrations;
        this.environments = environments;
        this.actor = actor;
    }

    @GET
    public ItemList<ObjectNode> list(
            @PathParam("team_id") UUID team,
            @QueryParam("environment") String environment,
            @QueryParam("state") String state,
            @QueryParam("client_id") String clientId,
            @QueryParam("uri") String uri,
            @QueryParam("warning") String warning,
            @BeanParam PageQuery page) {
        var filter = new TeamRegistrations.Filter(
                RequestQuery.read(environment, id -> environments.find(id).map(Environment::id), "environment"),
                RequestQuery.read(state, Registration.State::ofCode, "registration-state"),
                clientId,
                uri,
                RequestQuery.read(warning, Rule::ofCode, "warning"));
        return page.list(
                page.timedPosition(),
                (after, most) -> registrations.page(actor, team, filter, after, most),
                TeamRegistrationsResource::withApplication,
                () -> registrations.count(actor, team, filter));
    }

    private static ObjectNode withApplication(RegistrationSnapshot registered) {
        return RegistrationJson.of(registered)
                .put("application_name", registered.application().details().name());
    }
}

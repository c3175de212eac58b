package dev.connectionmanager.web.request;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.RequestList.Row;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** The requests for production of a team, whatever became of them. */
@Path("/teams/{team_id}/requests")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class RequestListPages {
    private static final int PAGE = 20;

    private final Requests requests;
    private final Teams teams;
    private final Environments environments;
    private final Actor actor;

    RequestListPages(Requests requests, Teams teams, Environments environments, Actor actor) {
        this.requests = requests;
        this.teams = teams;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "requests")
    static class Templates {
        static native TemplateInstance all(RequestsView view);
    }

    @GET
    public TemplateInstance all(@PathParam("team_id") UUID id, @QueryParam("cursor") String cursor) {
        var team = teams.find(actor, id);
        var position = Cursors.position(cursor, Order.NEWEST::position);
        var page = requests.page(actor, RequestFilter.of(team.id()), Order.NEWEST, position, PAGE);
        var total = Totals.said(requests.count(actor, RequestFilter.of(team.id()), Order.NEWEST));
        return Templates.all(new RequestsView(team, page, total, environments.all(), cursor != null));
    }

    /** @param later whether this is not the first page */
    record RequestsView(Team team, Page<Row> page, String total, List<Environment> environments, boolean later) {
        public String environmentName(ProductionRequest request) {
            return environments.stream()
                    .filter(environment -> environment.id().equals(request.environment()))
                    .map(Environment::name)
                    .findFirst()
                    .orElse(request.environment());
        }
    }
}

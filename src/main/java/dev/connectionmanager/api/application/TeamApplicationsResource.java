package dev.connectionmanager.api.application;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.ApplicationOverviews;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Category;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

@Path("/api/v1/teams/{team_id}/applications")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class TeamApplicationsResource {
    private final Applications applications;
    private final ApplicationOverviews overviews;
    private final Actor actor;

    TeamApplicationsResource(Applications applications, ApplicationOverviews overviews, Actor actor) {
        this.applications = applications;
        this.overviews = overviews;
        this.actor = actor;
    }

    @GET
    public ItemList<ListedView> list(
            @PathParam("team_id") UUID teamId,
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("category") String category,
            @BeanParam PageQuery page) {
        return page.list(
                page.position(),
                (after, most) -> overviews.page(actor, teamId, name, category(category), after, most),
                ListedView::of,
                () -> applications.count(actor, teamId, name, category(category)));
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@PathParam("team_id") UUID teamId, byte[] body) {
        var candidate = new JsonMembers(JsonBody.object(body))
                .readOnly(ApplicationsResource.READ_ONLY)
                .parse(ApplicationCandidate.class);
        var application = applications.create(actor, teamId, candidate);
        return Tagged.of(
                        Response.status(Response.Status.CREATED)
                                .header(HttpHeaders.LOCATION, "/api/v1/applications/" + application.id())
                                .entity(ApplicationsResource.ApplicationView.of(application)),
                        application.tag())
                .build();
    }

    /**
     * An application in a list.
     *
     * @param registrations where it is registered, by environment
     */
    record ListedView(
            @JsonUnwrapped ApplicationsResource.ApplicationView application, List<RegisteredView> registrations) {
        static ListedView of(ApplicationOverviews.Overview overview) {
            return new ListedView(
                    ApplicationsResource.ApplicationView.of(overview.application()),
                    overview.registrations().stream()
                            .map(one -> new RegisteredView(
                                    one.environment(), one.state().code()))
                            .sorted(Comparator.comparing(RegisteredView::environment))
                            .toList());
        }
    }

    record RegisteredView(String environment, String state) {}

    private static Category category(String code) {
        return code == null
                ? null
                : Category.ofCode(code).orElseThrow(() -> new Refusal.Malformed(Reason.PARAMETER_INVALID, "category"));
    }
}

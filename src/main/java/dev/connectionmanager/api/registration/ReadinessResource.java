package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/readiness/{production}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ReadinessResource {
    private final Requests requests;
    private final Actor actor;

    ReadinessResource(Requests requests, Actor actor) {
        this.requests = requests;
        this.actor = actor;
    }

    @GET
    public ItemList<RequestJson.TaskView> readiness(
            @PathParam("application_id") UUID id,
            @PathParam("production") String environment,
            @BeanParam PageQuery page) {
        return page.list(
                requests.outlook(actor, id, environment).readiness(),
                task -> task.kind().code(),
                RequestJson.TaskView::of);
    }
}

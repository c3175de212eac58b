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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/applications/{application_id}/readiness/{production}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Requests for production")
@RequestScoped
class ReadinessResource {
    private final Requests requests;
    private final Actor actor;

    ReadinessResource(Requests requests, Actor actor) {
        this.requests = requests;
        this.actor = actor;
    }

    @GET
    @Operation(
            summary = "How ready an application is for production",
            description = "Judged by its open request; where none is, by what it has registered on the Path to Live.")
    public ItemList<RequestJson.TaskView> readiness(
            @PathParam("application_id") UUID id,
            @PathParam("production") String environment,
            @BeanParam PageQuery page) {
        page.allow();
        return ItemList.of(page.of(requests.outlook(actor, id, environment).readiness()), RequestJson.TaskView::of);
    }
}

package dev.connectionmanager.api;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/applications/{application_id}/readiness/{production}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Requests for production")
class ReadinessResource {
    private final Requests requests;
    private final CurrentActor actor;

    ReadinessResource(Requests requests, CurrentActor actor) {
        this.requests = requests;
        this.actor = actor;
    }

    @GET
    @Operation(
            summary = "How ready an application is for production",
            description = "Judged by its open request; where none is, by what it has registered on the Path to Live.")
    public ItemList<RequestJson.TaskView> readiness(
            @PathParam("application_id") String id,
            @PathParam("production") String environment,
            @BeanParam PageQuery page) {
        page.allow();
        return ItemList.of(
                page.of(requests.outlook(actor.get(), Ids.uuid(id), environment).readiness()),
                RequestJson.TaskView::of);
    }
}

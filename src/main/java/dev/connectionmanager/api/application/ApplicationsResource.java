package dev.connectionmanager.api.application;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ApplicationsResource {
    static final Set<String> READ_ONLY = Set.of("id", "team_id", "created_at");
    /** What lists say of it beside. */
    private static final Set<String> COMPUTED = Set.of("registrations");

    private final Applications applications;
    private final Actor actor;

    ApplicationsResource(Applications applications, Actor actor) {
        this.applications = applications;
        this.actor = actor;
    }

    @GET
    public Response one(@PathParam("application_id") UUID id, @HeaderParam("If-None-Match") String ifNoneMatch) {
        var application = applications.find(actor, id);
        return Tagged.read(ifNoneMatch, application.tag(), ApplicationView.of(application));
    }

    @PATCH
    @Consumes({JsonBody.MERGE_PATCH, MediaType.APPLICATION_JSON})
    public Response change(
            @PathParam("application_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            byte[] body) {
        var patch = JsonBody.object(body);
        var application = applications.change(
                actor,
                id,
                current -> JsonBody.patched(
                        ApplicationCandidate.of(current.details()), patch, readOnly(current), COMPUTED),
                new Precondition(ifMatch, ifNoneMatch));
        return Tagged.of(Response.ok(ApplicationView.of(application)), application.tag())
                .build();
    }

    @DELETE
    public Response delete(
            @PathParam("application_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        applications.delete(actor, id, new Precondition(ifMatch, ifNoneMatch));
        return Response.noContent().build();
    }

    /** What only the portal sets, as the API shows it. */
    private static ObjectNode readOnly(Application application) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", application.id().toString())
                .put("team_id", application.teamId().toString())
                .put("created_at", application.createdAt().toString());
    }

    record ApplicationView(
            UUID id,
            UUID teamId,
            String name,
            String description,
            String category,
            String applicationType,
            List<String> contacts,
            String framework,
            Instant createdAt) {
        static ApplicationView of(Application application) {
            var details = application.details();
            return new ApplicationView(
                    application.id(),
                    application.teamId(),
                    details.name(),
                    details.description(),
                    details.category().code(),
                    details.applicationType().code(),
                    details.contacts(),
                    details.framework(),
                    application.createdAt());
        }
    }
}

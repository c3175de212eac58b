package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;

/**
 * What people have begun to fill in on the pages and not registered yet. Programs read it, and clear it away; they do not
 * write it, since they can register what they have at once.
 */
@Path("/api/v1/applications/{application_id}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class DraftsResource {
    private final Drafts drafts;
    private final Actor actor;

    DraftsResource(Drafts drafts, Actor actor) {
        this.drafts = drafts;
        this.actor = actor;
    }

    @GET
    @Path("drafts")
    public ItemList<DraftView> all(@PathParam("application_id") UUID application, @BeanParam PageQuery page) {
        return page.list(drafts.all(actor, application), draft -> draft.id().toString(), DraftView::of);
    }

    @GET
    @Path("registrations/{environment}/draft")
    public DraftView one(@PathParam("application_id") UUID application, @PathParam("environment") String environment) {
        return DraftView.of(drafts.find(actor, application, environment).orElseThrow(Refusal.NotFound::new));
    }

    @DELETE
    @Path("registrations/{environment}/draft")
    public Response discard(
            @PathParam("application_id") UUID application, @PathParam("environment") String environment) {
        drafts.discard(actor, application, environment);
        return Response.noContent().build();
    }

    /**
     * @param metadata as it was typed, whatever rules it breaks
     * @param changesRegistration whether it changes a registration, rather than makes one
     */
    record DraftView(
            UUID id,
            String environment,
            ObjectNode metadata,
            boolean changesRegistration,
            String updatedBy,
            Instant updatedAt) {
        static DraftView of(Draft draft) {
            return new DraftView(
                    draft.id(),
                    draft.environment(),
                    JsonMembers.of(draft.candidate()),
                    draft.changesRegistration(),
                    draft.updatedBy(),
                    draft.updatedAt());
        }
    }
}

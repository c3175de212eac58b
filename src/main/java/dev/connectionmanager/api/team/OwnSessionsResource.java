package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.session.Sessions;
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

/** The sessions that a person has on the pages. Tokens are the OpenID Provider's, and no sessions of ours. */
@Path("/api/v1/me/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class OwnSessionsResource {
    private final Sessions sessions;
    private final Actor actor;

    OwnSessionsResource(Sessions sessions, Actor actor) {
        this.sessions = sessions;
        this.actor = actor;
    }

    @GET
    public ItemList<SessionView> all(@BeanParam PageQuery page) {
        return page.list(sessions.live(actor), one -> one.id().toString(), SessionView::of);
    }

    @DELETE
    public Response endAll() {
        sessions.endAll(actor);
        return Response.noContent().build();
    }

    @DELETE
    @Path("{session_id}")
    public Response end(@PathParam("session_id") UUID id) {
        sessions.end(actor, id);
        return Response.noContent().build();
    }

    record SessionView(UUID id, Instant beganAt, Instant lastUsedAt, Instant expiresAt) {
        static SessionView of(Sessions.Live session) {
            return new SessionView(session.id(), session.beganAt(), session.seenAt(), session.endsAt());
        }
    }
}

package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.mock.LogInView;
import dev.connectionmanager.mock.log.LogInLog;
import dev.connectionmanager.mock.log.SeenCheck;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/log-ins")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class LogInsResource {
    private final LogInLog log;
    private final Actor actor;

    LogInsResource(LogInLog log, Actor actor) {
        this.log = log;
        this.actor = actor;
    }

    @GET
    public ItemList<LogInView> list(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(), (after, limit) -> log.page(actor, id, environment, after, limit), LogInView::of);
    }

    @GET
    @Path("evidence")
    public ItemList<SeenView> evidence(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(
                log.seen(actor, id, environment), seen -> seen.endpoint().code() + " " + seen.name(), SeenView::of);
    }

    record SeenView(String endpoint, String check, long passed, Instant lastPassed, long failed, Instant lastFailed) {
        static SeenView of(SeenCheck seen) {
            return new SeenView(
                    seen.endpoint().code(),
                    seen.name(),
                    seen.passed(),
                    seen.lastPassed(),
                    seen.failed(),
                    seen.lastFailed());
        }
    }
}

package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.mock.log.Check;
import dev.connectionmanager.mock.log.LogInLog;
import dev.connectionmanager.mock.log.LoggedExchange;
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
import java.util.List;
import java.util.Map;
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

    /** Of the first failed check: its name, what was found, what was sent and registered, and where the two part. */
    record LogInView(
            UUID id,
            Instant time,
            String endpoint,
            String outcome,
            String error,
            String answered,
            String user,
            String fault,
            String failedCheck,
            String detail,
            String sent,
            String registered,
            Integer position,
            List<CheckView> checks,
            Map<String, String> assertion) {
        static LogInView of(LoggedExchange exchange) {
            var failed = exchange.firstFailed().map(CheckView::of).orElse(CheckView.NONE);
            var detail = exchange.detail();
            return new LogInView(
                    exchange.id(),
                    exchange.madeAt(),
                    exchange.endpoint().code(),
                    exchange.passed() ? "granted" : "refused",
                    detail.error(),
                    detail.said(),
                    detail.user(),
                    detail.fault(),
                    failed.name(),
                    failed.detail(),
                    failed.sent(),
                    failed.registered(),
                    failed.position(),
                    detail.checks().stream().map(CheckView::of).toList(),
                    detail.assertion());
        }
    }

    record CheckView(String name, String verdict, String detail, String sent, String registered, Integer position) {
        private static final CheckView NONE = new CheckView(null, null, null, null, null, null);

        static CheckView of(Check check) {
            return new CheckView(
                    check.name(),
                    check.verdict().code(),
                    check.words(),
                    check.sent(),
                    check.registered(),
                    check.position());
        }
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

package dev.connectionmanager.api.team;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.connectionmanager.api.common.AuditReadable;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.audit.AuditExport;
import dev.connectionmanager.audit.AuditPosition;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Times;
import dev.connectionmanager.team.Activity;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

@Path("/api/v1/audit-events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class AuditEventsResource {
    private final Activity activity;
    private final Actor actor;

    AuditEventsResource(Activity activity, Actor actor) {
        this.activity = activity;
        this.actor = actor;
    }

    @GET
    @AuditReadable
    public ItemList<EventView> list(
            @BeanParam AuditQuery query, @QueryParam("after") String after, @BeanParam PageQuery page) {
        var start = after == null ? new Start(null, null) : start(after);
        var asked = query.filter();
        var filter =
                start.from() == null || asked.from() != null && asked.from().isAfter(start.from())
                        ? asked
                        : asked.withFrom(start.from());
        var position = page.cursor == null ? start.after() : page.position(AuditPosition::parse);
        return page.list(
                position,
                (from, most) -> activity.since(actor, query.team(), filter, from, most),
                EventView::of,
                () -> activity.countSince(actor, query.team(), filter, start.after()));
    }

    @GET
    @AuditReadable
    @Path("export.csv")
    @Produces("text/csv")
    public Response csv(@BeanParam AuditQuery query) {
        return export(query, AuditExport.CSV);
    }

    @GET
    @AuditReadable
    @Path("export.jsonl")
    @Produces("application/jsonl")
    public Response jsonLines(@BeanParam AuditQuery query) {
        return export(query, AuditExport.JSON_LINES);
    }

    private Response export(AuditQuery query, AuditExport format) {
        StreamingOutput body = activity.export(actor, query.filter(), format)::accept;
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + format.code() + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private record Start(AuditPosition after, Instant from) {}

    private Start start(String after) {
        try {
            // The trail's times have microseconds.
            var time = Times.known(OffsetDateTime.parse(after).toInstant());
            return new Start(null, time.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS));
        } catch (DateTimeException noTime) {
            try {
                return new Start(activity.positionOf(actor, Ids.uuid(after)), null);
            } catch (Refusal.NotFound noEvent) {
                throw new Refusal.Malformed(Reason.PARAMETER_INVALID, "after");
            }
        }
    }

    record EventView(
            UUID id,

            UUID teamId,

            Instant time,
            String actor,
            String actorName,

            String role,

            String act,
            String object,
            String objectId,
            Integer version,

            @JsonRawValue String before,

            @JsonRawValue String after,

            @JsonRawValue String about,

            UUID requestId,

            boolean sealed,

            Long sequence,

            String previousHash,
            String hash) {
        static EventView of(AuditEvent event) {
            return new EventView(
                    event.id(),
                    event.teamId(),
                    event.at(),
                    event.actor(),
                    event.actorName(),
                    event.role(),
                    event.act(),
                    event.object(),
                    event.objectId(),
                    event.version(),
                    event.before(),
                    event.after(),
                    event.about(),
                    event.requestId(),
                    event.sealed(),
                    event.sequence(),
                    event.previousHash(),
                    event.hash());
        }
    }
}

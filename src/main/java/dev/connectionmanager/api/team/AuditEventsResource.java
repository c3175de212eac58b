package dev.connectionmanager.api.team;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.audit.AuditPosition;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Times;
import dev.connectionmanager.team.Activity;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/audit-events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Audit trail")
@RequestScoped
class AuditEventsResource {
    private final Activity activity;
    private final Teams teams;
    private final Actor actor;

    AuditEventsResource(Activity activity, Teams teams, Actor actor) {
        this.activity = activity;
        this.teams = teams;
        this.actor = actor;
    }

    @GET
    @Operation(
            summary = "What happened, oldest first",
            description = "Of your teams; operators read everything. To follow what happens, read to the end, remember"
                    + " the id of the last event, and ask again with it as 'after': nothing is missed or told twice. An"
                    + " event is here once every act that began to be written before it has ended. It is sealed about a"
                    + " second later; until then it has no sequence and no hash.")
    public ItemList<EventView> list(
            @Parameter(description = "Only what happened in this team") @QueryParam("team") String team,
            @Parameter(description = "Only what was done to the thing with this id, such as a registration's")
                    @QueryParam("object")
                    String object,
            @Parameter(
                            description =
                                    "Only what happened after this: the id of an event that you have read, or a time"
                                            + " (RFC 3339)")
                    @QueryParam("after")
                    String after,
            @BeanParam PageQuery page) {
        page.allow("team", "object", "after");
        var teamId = team == null ? null : teams.find(actor, Ids.uuid(team)).id();
        var start = after == null || page.cursor != null ? new Start(null, null) : start(after);
        var filter = new AuditFilter(null, object, null, null, start.from(), null);
        var position = page.cursor == null ? start.after() : page.position(AuditPosition::parse);
        return ItemList.of(activity.since(actor, teamId, filter, position, page.limit()), EventView::of);
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

    @Schema(name = "AuditEvent")
    record EventView(
            UUID id,

            @Schema(description = "Absent for what belongs to no team")
            UUID teamId,

            Instant time,
            String actor,
            String actorName,

            @Schema(description = "In which role: viewer, admin, owner, operator, credential, portal or none")
            String role,

            String act,
            String object,
            String objectId,
            Integer version,

            @Schema(type = SchemaType.OBJECT, description = "The state before; never with a secret") @JsonRawValue
            String before,

            @Schema(type = SchemaType.OBJECT, description = "The state after; never with a secret") @JsonRawValue
            String after,

            @Schema(type = SchemaType.OBJECT, description = "What things were called at that time") @JsonRawValue
            String about,

            UUID requestId,

            @Schema(description = "Whether it has its place in its chain and its hash: some second later")
            boolean sealed,

            @Schema(description = "The place in its chain, from 1 without a gap; absent while it is not sealed")
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

package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Times;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/** What is looked for in the audit trail, in the list and in its export. */
public class AuditQuery {
    @QueryParam("team")
    String team;

    /** As the member of an event is called, like the next. */
    @QueryParam("team_id")
    String teamId;

    @QueryParam("object")
    String object;

    @QueryParam("object_id")
    String objectId;

    @QueryParam("person")
    String person;

    @QueryParam("act")
    String act;

    @QueryParam("from")
    String from;

    @QueryParam("until")
    String until;

    /**
     * @return {@code null} for all
     * @throws Refusal.NotFound for what is no Team ID
     */
    UUID team() {
        var sent = PageQuery.either(team, teamId, "team_id");
        return sent == null ? null : Ids.uuid(sent);
    }

    /** @throws Refusal.Malformed for what is no time */
    AuditFilter filter() {
        var wanted = team();
        return AuditFilter.ALL
                .in(wanted == null ? null : Set.of(wanted.toString()))
                .of(PageQuery.either(object, objectId, "object_id"))
                .act(act)
                .withPerson(person)
                .withFrom(time("from", from))
                .withUntil(time("until", until));
    }

    private static Instant time(String name, String sent) {
        try {
            return sent == null ? null : Times.known(OffsetDateTime.parse(sent).toInstant());
        } catch (DateTimeException noTime) {
            throw new Refusal.Malformed(Reason.PARAMETER_INVALID, name);
        }
    }
}

package dev.connectionmanager.api.team;

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

    @QueryParam("object")
    String object;

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
        return team == null ? null : Ids.uuid(team);
    }

    /** @throws Refusal.Malformed for what is no time */
    AuditFilter filter() {
        return new AuditFilter(
                team == null ? null : Set.of(team().toString()),
                object,
                person,
                act,
                time("from", from),
                time("until", until));
    }

    private static Instant time(String name, String sent) {
        try {
            return sent == null ? null : Times.known(OffsetDateTime.parse(sent).toInstant());
        } catch (DateTimeException noTime) {
            throw new Refusal.Malformed(Reason.PARAMETER_INVALID, name);
        }
    }
}

package dev.connectionmanager.audit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.UUID;

/**
 * What an act tells the trail.
 *
 * @param actor the OpenID Provider's {@code sub} of who did it
 * @param actorName their name
 * @param role in which role: {@code owner}, {@code operator}…
 * @param teamId whose it is; {@code null} for what belongs to no team
 * @param act what was done, a past participle: {@code registration-changed}; its sentence is in
 *     {@code wording/acts.properties}
 * @param object what kind of thing: {@code registration}
 * @param objectId which one
 * @param version its version after the act; {@code null} where it has none
 * @param before its state before, {@code null} where it did not exist; never with a secret
 * @param after its state after, {@code null} where it is gone; never with a secret
 * @param about names at the time of the act that its sentence needs and the states lack: the application's…
 */
@RecordBuilder
public record AuditEntry(
        String actor,
        String actorName,
        String role,
        UUID teamId,
        String act,
        String object,
        String objectId,
        Integer version,
        Object before,
        Object after,
        Map<String, String> about)
        implements AuditEntryBuilder.With {
    public AuditEntry {
        about = Map.copyOf(about);
    }

    public AuditEntry(
            String actor,
            String actorName,
            String role,
            UUID teamId,
            String act,
            String object,
            String objectId,
            Integer version,
            Object before,
            Object after) {
        this(actor, actorName, role, teamId, act, object, objectId, version, before, after, Map.of());
    }

    /** The same, with names for its sentence. */
    public AuditEntry about(Map<String, String> names) {
        return withAbout(names);
    }
}

package dev.connectionmanager.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Which registration is checked again when; shared by all nodes. A lease makes sure that one node at a time checks, and
 * ends by itself when that node has died. Each act joins the caller's transaction.
 */
@ApplicationScoped
public class RecheckQueue {
    /** Ten times what a check takes. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Session database;

    RecheckQueue(Session database) {
        this.database = database;
    }

    /** A registration that is to be checked now, by whoever holds this lease. */
    public record Claim(UUID registrationId, UUID lease) {}

    /**
     * Gives a registration its moment in the next night. One that was deleted and is restored may still be held by a node
     * that saw it deleted: that node must not forget it now, so its lease ends.
     */
    public void begin(UUID registrationId, Instant now) {
        plan(registrationId, RecheckWindow.next(registrationId, now), "update set lease = null, leased_until = null");
    }

    /** Ends the checks of a registration that names no endpoint any more. */
    public void end(UUID registrationId) {
        database.createNativeMutationQuery("delete from recheck where registration_id = :id")
                .setParameter("id", registrationId)
                .executeUpdate();
    }

    /** Takes what has been due the longest and is not leased to any node. */
    public Optional<Claim> claim(Instant now) {
        var lease = UUID.randomUUID();
        return database.createNativeQuery(
                        "update recheck set lease = :lease, leased_until = :until where registration_id = ("
                                + "select registration_id from recheck where due_at <= :now"
                                + " and (leased_until is null or leased_until <= :now)"
                                + " order by due_at limit 1 for update skip locked) returning registration_id",
                        UUID.class)
                .setParameter("lease", lease)
                .setParameter("until", now.plus(LEASE))
                .setParameter("now", now)
                .getResultStream()
                .map(id -> new Claim(id, lease))
                .findFirst();
    }

    /** @return false when the lease has ended meanwhile: then another node checks, or has checked */
    public boolean giveBack(Claim claim, Instant due) {
        return database.createNativeMutationQuery("update recheck set due_at = :due, lease = null, leased_until = null"
                                + " where registration_id = :id and lease = :lease")
                        .setParameter("due", due)
                        .setParameter("id", claim.registrationId())
                        .setParameter("lease", claim.lease())
                        .executeUpdate()
                == 1;
    }

    /** No longer checks what is deleted; {@link #begin} brings it back should it be restored. */
    public void forget(Claim claim) {
        database.createNativeMutationQuery("delete from recheck where registration_id = :id and lease = :lease")
                .setParameter("id", claim.registrationId())
                .setParameter("lease", claim.lease())
                .executeUpdate();
    }

    /** Has a registration checked by then, if not before. */
    public void hasten(UUID registrationId, Instant due) {
        plan(registrationId, due, "update set due_at = least(recheck.due_at, excluded.due_at)");
    }

    /** Has checked by then whatever has failed once and is not known to be broken. */
    public void hastenUnsure(Instant due) {
        database.createNativeMutationQuery(
                        "update recheck set due_at = :due where due_at > :due and registration_id in"
                                + " (select registration_id from endpoint_health where failing_since is not null and not broken)")
                .setParameter("due", due)
                .executeUpdate();
    }

    private void plan(UUID registrationId, Instant due, String whenPlanned) {
        database.createNativeMutationQuery("insert into recheck (registration_id, due_at) values (:id, :due)"
                        + " on conflict (registration_id) do " + whenPlanned)
                .setParameter("id", registrationId)
                .setParameter("due", due)
                .executeUpdate();
    }
}

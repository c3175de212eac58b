package dev.connectionmanager.application;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

    @ApplicationScoped
    static class HandoverStore implements PanacheRepositoryBase<Handover, UUID> {
        Optional<Handover> open(UUID applicationId) {
            return find("applicationId = ?1 and state = ?2", applicationId, Handover.State.OPEN)
                    .firstResultOptional();
        }

        /** At most so many that are open and were made before. */
        List<UUID> over(Instant before, int most) {
            return getEntityManager()
                    .createQuery("select id from Handover where state = ?1 and offeredAt <= ?2 order by id", UUID.class)
                    .setParameter(1, Handover.State.OPEN)
                    .setParameter(2, before)
                    .setMaxResults(most)
                    .getResultList();
        }

        Optional<Handover> latest(UUID applicationId, UUID fromTeam) {
            return find("applicationId = ?1 and fromTeam = ?2 order by offeredAt desc", applicationId, fromTeam)
                    .firstResultOptional();
        }

        /** Of each of these teams to which an offer is open, and how many. */
        Map<UUID, Long> countOpenTo(Collection<UUID> teams, Instant since) {
            return getEntityManager()
                    .createQuery(
                            "select h.toTeam, count(h) from Handover h join Application a on a.id = h.applicationId"
                                    + " where h.toTeam in :teams and h.state = :open and a.deletedAt is null"
                                    + " and h.offeredAt > :since group by h.toTeam",
                            Object[].class)
                    .setParameter("teams", teams)
                    .setParameter("open", Handover.State.OPEN)
                    .setParameter("since", since)
                    .getResultStream()
                    .collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1]));
        }

        long countOpenTo(UUID team, Instant since) {
            return count(
                    "toTeam = ?1 and state = ?2 and offeredAt > ?3"
                            + " and applicationId in (select id from Application where deletedAt is null)",
                    team,
                    Handover.State.OPEN,
                    since);
        }

        /**
         * Offers to this team, each with the application that is offered.
         *
         * @param since offers made until then have lapsed
         * @param condition on the offer {@code h} beside that
         */
        TypedQuery<Object[]> openTo(UUID team, Instant since, String condition) {
            return getEntityManager()
                    .createQuery(
                            "select h, a from Handover h join Application a on a.id = h.applicationId"
                                    + " where h.toTeam = :team and h.state = :open"
                                    + " and a.deletedAt is null and h.offeredAt > :since and " + condition
                                    + " order by h.offeredAt, h.id",
                            Object[].class)
                    .setParameter("team", team)
                    .setParameter("open", Handover.State.OPEN)
                    .setParameter("since", since);
        }

        /** How many offers to that team its makers left open or took back: those of any time, these since then. */
        long unanswered(UUID fromTeam, UUID toTeam, Instant since) {
            return count(
                    "fromTeam = ?1 and toTeam = ?2 and (state = ?3 or state = ?4 and offeredAt > ?5)",
                    fromTeam,
                    toTeam,
                    Handover.State.OPEN,
                    Handover.State.WITHDRAWN,
                    since);
        }

        /** Which application was offered, whatever became of the offer. */
        Optional<UUID> applicationOf(UUID id, UUID toTeam) {
            return getEntityManager()
                    .createQuery("select applicationId from Handover where id = ?1 and toTeam = ?2", UUID.class)
                    .setParameter(1, id)
                    .setParameter(2, toTeam)
                    .getResultStream()
                    .findFirst();
        }
    }

    @ApplicationScoped
    static class AttestationStore implements PanacheRepositoryBase<Attestation, UUID> {}

    @ApplicationScoped
    static class AttestationStatusStore implements PanacheRepositoryBase<AttestationStatus, UUID> {
        /** At most so many teams that are due until then and have not been reminded of it. */
        List<AttestationStatus> toRemind(Instant until, int most) {
            return getEntityManager()
                    .createNativeQuery(
                            "select * from attestation_status s where s.due_at <= ?1 and not exists (select 1"
                                    + " from attestation_reminder r where r.team_id = s.team_id"
                                    + " and r.due_at = s.due_at) order by s.due_at, s.team_id limit ?2",
                            AttestationStatus.class)
                    .setParameter(1, until)
                    .setParameter(2, most)
                    .getResultList();
        }

        /** How many teams are due until then, counted up to so many. */
        long overdue(Instant until, int most) {
            return (Long) getEntityManager()
                    .createNativeQuery(
                            "select count(*) from (select 1 from attestation_due where due_at <= ?1 limit ?2) counted",
                            Long.class)
                    .setParameter(1, until)
                    .setParameter(2, most)
                    .getSingleResult();
        }

        /** The same of a reminder that is sent again; whether none was sent since then. */
        boolean noteReminder(AttestationStatus status, Instant now, Instant since) {
            return getEntityManager()
                            .createNativeQuery("insert into attestation_reminder (team_id, due_at, reminded_at)"
                                    + " values (?1, ?2, ?3) on conflict (team_id, due_at) do update set reminded_at = ?3"
                                    + " where attestation_reminder.reminded_at <= ?4")
                            .setParameter(1, status.teamId())
                            .setParameter(2, status.dueAt())
                            .setParameter(3, now)
                            .setParameter(4, since)
                            .executeUpdate()
                    == 1;
        }

        /** @return whether it was not noted before, by this node or another */
        boolean noteReminder(AttestationStatus status) {
            return getEntityManager()
                            .createNativeQuery("insert into attestation_reminder (team_id, due_at) values (?1, ?2)"
                                    + " on conflict do nothing")
                            .setParameter(1, status.teamId())
                            .setParameter(2, status.dueAt())
                            .executeUpdate()
                    == 1;
        }
    }
}

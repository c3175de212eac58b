package dev.connectionmanager.team;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.type.StandardBasicTypes;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

    @ApplicationScoped
    static class TeamStore implements PanacheRepositoryBase<Team, UUID> {
        /**
         * Takes the row's lock: acts on one team and its members happen one after another.
         *
         * @throws Refusal.NotFound for a team that does not exist
         */
        Team lock(UUID id) {
            return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(Refusal.NotFound::new);
        }

        /**
         * At most so many, by name.
         *
         * @param among these alone; {@code null} = all
         * @param words see {@link SearchWords#beginningWith}; empty = all
         */
        List<Team> page(Set<UUID> among, String words, Cursor after, int most) {
            var conditions = (among == null ? "" : " and id = any(:among)")
                    + (after == null ? "" : " and (sort_key, id) > (natural_order(:afterName), :afterId)");
            var all = "select id, words, sort_key as sort from team where true" + conditions;
            var query = getEntityManager()
                    .createNativeQuery(
                            words.isEmpty()
                                    ? "select * from team where true" + conditions + " order by sort_key, id limit "
                                            + most
                                    : "select t.* from team t join ("
                                            + SearchWords.first(all, SearchWords.BEGIN, words, "sort, id", most)
                                            + ") found on found.id = t.id order by t.sort_key, t.id",
                            Team.class);
            if (among != null) {
                query.setParameter("among", among.toArray(UUID[]::new));
            }
            if (after != null) {
                query.setParameter("afterName", after.name()).setParameter("afterId", after.id());
            }
            if (!words.isEmpty()) {
                query.setParameter("words", words);
            }
            @SuppressWarnings("unchecked")
            List<Team> found = query.getResultList();
            return found;
        }
    }

    @ApplicationScoped
    static class MemberStore implements PanacheRepositoryBase<Member, UUID> {
        Optional<Member> of(UUID team, UUID id) {
            return findByIdOptional(id).filter(member -> member.teamId().equals(team));
        }

        /** Takes the row's lock too, since a place is taken on log-in without the team's. */
        Optional<Member> lock(UUID team, UUID id) {
            return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                    .filter(member -> member.teamId().equals(team));
        }

        /** Asked of the database, so that the member is read once, when its row is locked. */
        boolean isPlaceOf(Actor actor, UUID team, UUID id) {
            return actor.kind() == Actor.Kind.PERSON
                    && count("id = ?1 and teamId = ?2 and subject = ?3", id, team, actor.subject()) == 1;
        }

        Optional<Member> known(UUID team, String subject) {
            return find("teamId = ?1 and subject = ?2", team, subject).firstResultOptional();
        }

        /** What this person's verified address is invited to, but for teams that they are in. */
        List<Member> invitations(Actor person, Cursor after, int most) {
            var address = EmailAddress.key(person.email());
            if (address.isEmpty()) {
                return List.of();
            }
            var query = "from Member m where m.address = :address and m.subject is null and m.invitedBy is not null"
                    + " and m.invitedBy <> :me"
                    + " and not exists (from Member o where o.teamId = m.teamId and o.subject = :me)";
            var parameters = Parameters.with("address", address).and("me", person.subject());
            if (after != null) {
                query += " and (m.createdAt, m.id) > (:afterTime, :afterId)";
                parameters.and("afterTime", after.time()).and("afterId", after.id());
            }
            return find(query + " order by m.createdAt, m.id", parameters)
                    .range(0, most - 1)
                    .list();
        }

        /** When an invitation of this address that was withdrawn since then was last sent again; the epoch for never. */
        Optional<Instant> withdrawnSince(Member anew, Instant then) {
            return session()
                    .createNativeQuery(
                            "select coalesce(resent_at, 'epoch') from withdrawn_invitation"
                                    + " where team_id = :team and address = :address and withdrawn_at > :then",
                            Instant.class)
                    .setParameter("team", anew.teamId())
                    .setParameter("address", anew.address())
                    .setParameter("then", then)
                    .uniqueResultOptional();
        }

        /** Remembers an invitation, and forgets those that were withdrawn before then. */
        void withdraw(Member member, Instant now, Instant then) {
            session()
                    .createNativeMutationQuery("delete from withdrawn_invitation where withdrawn_at < :then"
                            + " or team_id = :team and address = :address")
                    .setParameter("then", then)
                    .setParameter("team", member.teamId())
                    .setParameter("address", member.address())
                    .executeUpdate();
            session()
                    .createNativeMutationQuery(
                            "insert into withdrawn_invitation (team_id, address, resent_at, withdrawn_at)"
                                    + " values (:team, :address, cast(:resent as timestamptz), :now)")
                    .setParameter("team", member.teamId())
                    .setParameter("address", member.address())
                    .setParameter("resent", member.resentAt(), StandardBasicTypes.INSTANT)
                    .setParameter("now", now)
                    .executeUpdate();
        }

        private Session session() {
            return getEntityManager().unwrap(Session.class);
        }

        /** The subjects of those who have come. */
        Set<String> subjects(UUID team) {
            return Set.copyOf(getEntityManager()
                    .createQuery("select subject from Member where teamId = ?1 and subject is not null", String.class)
                    .setParameter(1, team)
                    .getResultList());
        }

        Optional<Member> invited(UUID team, String address) {
            return find("teamId = ?1 and address = ?2", team, address).firstResultOptional();
        }

        /** Those who have come; an owner who is only invited can do nothing for the team. */
        List<Member> joined(UUID team) {
            return list("teamId = ?1 and subject is not null", team);
        }

        /** The team beside each member who has come, beside nobody where none has; no row where there is no such team. */
        List<Object[]> withTeam(UUID team) {
            return getEntityManager()
                    .createQuery(
                            "select t, m from Team t left join Member m on m.teamId = t.id and m.subject is not null"
                                    + " where t.id = ?1",
                            Object[].class)
                    .setParameter(1, team)
                    .getResultList();
        }

        long ownersSeenSince(UUID team, Instant then) {
            return count("teamId = ?1 and subject is not null and role = ?2 and seenAt > ?3", team, Role.OWNER, then);
        }

        long owners(UUID team) {
            return count("teamId = ?1 and subject is not null and role = ?2", team, Role.OWNER);
        }
    }

    @ApplicationScoped
    static class RequestStore implements PanacheRepositoryBase<TeamRequest, UUID> {
        Optional<TeamRequest> lock(UUID id) {
            return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
        }

        /** How many wait for a decision, counted up to so many. */
        long waiting(int most) {
            return (Long) getEntityManager()
                    .createNativeQuery(
                            "select count(*) from (select 1 from team_request where state = 'PENDING' limit ?1) counted",
                            Long.class)
                    .setParameter(1, most)
                    .getSingleResult();
        }
    }
}

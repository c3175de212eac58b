package dev.connectionmanager.testuser;

import dev.connectionmanager.policy.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

    @ApplicationScoped
    static class TestUserStore implements PanacheRepositoryBase<TestUser, UUID> {
        List<TestUser> of(UUID team) {
            return list("teamId = ?1 order by environment, uuid", team);
        }

        long count(UUID team, String environment) {
            return count("teamId = ?1 and environment = ?2", team, environment);
        }

        Optional<TestUser> find(UUID team, UUID id) {
            return find("teamId = ?1 and id = ?2", team, id).firstResultOptional();
        }

        /** Another test user of the team that has this UUID. */
        Optional<TestUser> namesake(UUID team, String uuid, UUID id) {
            return find("teamId = ?1 and uuid = ?2 and id <> ?3", team, uuid, id)
                    .firstResultOptional();
        }
    }

    @ApplicationScoped
    static class RequestStore implements PanacheRepositoryBase<TestUserRequest, UUID> {
        /** The latest first. */
        List<TestUserRequest> page(UUID team, Cursor after, int most) {
            return (after == null
                            ? find("teamId = ?1 order by askedAt desc, id desc", team)
                            : find(
                                    "teamId = ?1 and (askedAt, id) < (?2, ?3) order by askedAt desc, id desc",
                                    team,
                                    after.time(),
                                    after.id()))
                    .page(0, most)
                    .list();
        }

        long countUpTo(UUID team, int most) {
            return getEntityManager()
                    .createQuery("select id from TestUserRequest where teamId = ?1", UUID.class)
                    .setParameter(1, team)
                    .setMaxResults(most)
                    .getResultList()
                    .size();
        }

        Optional<TestUserRequest> find(UUID team, UUID id) {
            return find("teamId = ?1 and id = ?2", team, id).firstResultOptional();
        }
    }
}

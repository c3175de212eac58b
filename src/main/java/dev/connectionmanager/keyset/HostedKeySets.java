package dev.connectionmanager.keyset;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The key sets that teams keep here. Asks for no right. */
@ApplicationScoped
public class HostedKeySets implements PanacheRepositoryBase<HostedKeySet, UUID> {
    /** By name. */
    public List<HostedKeySet> of(UUID team) {
        return list("teamId = ?1 order by name, id", team);
    }

    public Optional<HostedKeySet> of(UUID team, UUID id) {
        return find("id = ?1 and teamId = ?2", id, team).firstResultOptional();
    }

    /** Until the transaction ends nobody else changes it, and no registration comes to name it. */
    public Optional<HostedKeySet> lock(UUID team, UUID id) {
        return find("id = ?1 and teamId = ?2", id, team)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /**
     * Keeps it from being deleted until the transaction ends.
     *
     * @return whether it is there
     */
    boolean hold(UUID id) {
        return !getEntityManager()
                .createNativeQuery("select 1 from hosted_key_set where id = ?1 for share", Integer.class)
                .setParameter(1, id)
                .getResultList()
                .isEmpty();
    }
}

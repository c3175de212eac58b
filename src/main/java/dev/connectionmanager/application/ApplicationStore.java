package dev.connectionmanager.application;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The applications in the database. Rooms above read and lock them here; {@link Applications} alone adds and changes them. */
@ApplicationScoped
public class ApplicationStore implements PanacheRepositoryBase<Application, UUID> {
    /** Those that a team has now. */
    public List<UUID> idsOf(UUID teamId) {
        return getEntityManager()
                .createQuery("select a.id from Application a where a.teamId = ?1 and a.deletedAt is null", UUID.class)
                .setParameter(1, teamId)
                .getResultList();
    }

    public Optional<Application> existing(UUID id) {
        return findByIdOptional(id).filter(application -> !application.deleted());
    }

    /** Those among these that belong to this team, deleted ones too. */
    public List<Application> ofTeam(UUID team, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : list("teamId = ?1 and id in ?2", team, ids);
    }

    /** Takes the row's lock: acts on one application and its registrations happen one after another. */
    public Optional<Application> lock(UUID id) {
        return lockEvenDeleted(id).filter(application -> !application.deleted());
    }

    public Optional<Application> lockEvenDeleted(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }
}

package dev.connectionmanager.application;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The applications in the database. Rooms above read and lock them here; {@link Applications} alone adds and changes them. */
@ApplicationScoped
public class ApplicationStore implements PanacheRepositoryBase<Application, UUID> {
    /** What {@link #read} reads of {@code application a}, for a statement that joins it. */
    public static final String COLUMNS = "a.id as application_id, a.team_id, a.name, a.description, a.category,"
            + " a.application_type, a.contacts, a.created_at, a.version as application_version";

    /** One that is there, from a row with {@link #COLUMNS}; what is changed of it is not written. */
    public static Application read(ResultSet row) throws SQLException {
        return Application.of(row);
    }

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

package dev.connectionmanager.registration.list;

import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** The client secrets that wait to be collected. */
@ApplicationScoped
public class UncollectedSecrets {
    private final Session database;

    UncollectedSecrets(Session database) {
        this.database = database;
    }

    /**
     * A registration of which nobody has collected the secret yet.
     *
     * @param application the application's name
     */
    public record Waiting(UUID applicationId, String application, String environment) {}

    /**
     * Those of the actor's own teams, the longest waiting first.
     *
     * @param most at most so many
     */
    public List<Waiting> of(Actor actor, int most) {
        return database.createNativeQuery("""
                        select a.id, a.name, r.environment from uncollected_secret u
                        join registration r on r.id = u.registration_id and r.deleted_at is null
                        join application a on a.id = r.application_id
                        where a.team_id = any(:teams) order by u.since, r.id""", Object[].class)
                .setParameter("teams", actor.roles().keySet().toArray(UUID[]::new))
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Waiting((UUID) row[0], (String) row[1], (String) row[2]))
                .toList();
    }
}

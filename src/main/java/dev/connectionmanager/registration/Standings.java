package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads at once what an act must know of all that an application has registered. Rights are asked for above. */
@ApplicationScoped
class Standings {
    /** Never empty: the application itself is there. */
    private static final String READ = """
            select r, v, u,
                (select count(s.id) from Registration s
                    where s.environment = :environment and s.state = 'SUSPENDED'
                        and (s.deletedAt is null or s.deletedAt > :since) and s.teamId = :team),
                (select count(c.id) from ApiCredential c
                    where c.id = :credential and c.revokedAt is null and c.expiresAt > :now)
            from Application a
            left join Registration r on r.applicationId = a.id
                and (r.deletedAt is null or :deleted = true and r.environment = :environment)
            left join Revision v on v.registrationId = r.id and v.number = r.revision
            left join UncollectedSecret u on u.registrationId = r.id
            where a.id = :application order by r.issuedAt""";

    private final EntityManager entities;
    private final Environments environments;
    private final Clock clock;

    Standings(EntityManager entities, Environments environments, Clock clock) {
        this.entities = entities;
        this.environments = environments;
        this.clock = clock;
    }

    Standing of(Actor actor, Application application, String environment) {
        return standing(actor, application, environment, false);
    }

    /** With what was deleted in this environment: for one in which few are ever issued. */
    Standing withDeleted(Actor actor, Application application, String environment) {
        return standing(actor, application, environment, true);
    }

    private Standing standing(Actor actor, Application application, String environment, boolean deleted) {
        var rows = rows(actor, application, environment, deleted);
        var live = new HashMap<String, RegistrationSnapshot>();
        var waits = false;
        Registration last = null;
        for (var row : rows) {
            if (row[0] instanceof Registration registration) {
                var here = registration.environment().equals(environment);
                last = here ? registration : last;
                if (registration.deletedAt() == null) {
                    waits |= here && row[2] != null;
                    live.put(registration.environment(), snapshot(application, registration, (Revision) row[1]));
                }
            }
        }
        return new Standing(
                Optional.ofNullable(live.get(environment)),
                nearest(live),
                Optional.ofNullable(last).filter(one -> one.deletedAt() != null),
                waits,
                (Long) rows.get(0)[3] > 0,
                actor.credentialId().isEmpty() || (Long) rows.get(0)[4] > 0);
    }

    private List<Object[]> rows(Actor actor, Application application, String environment, boolean deleted) {
        var now = clock.instant();
        return entities.createQuery(READ, Object[].class)
                .setParameter("application", application.id())
                .setParameter("team", application.teamId())
                .setParameter("environment", environment)
                .setParameter("deleted", deleted)
                .setParameter("since", now.minus(Registration.RESTORABLE))
                .setParameter("credential", actor.credentialId().orElse(null))
                .setParameter("now", now)
                .getResultList();
    }

    private static RegistrationSnapshot snapshot(
            Application application, Registration registration, Revision revision) {
        return new RegistrationSnapshot(application, registration, revision.metadata(), revision.warnings());
    }

    private Optional<RegistrationSnapshot> nearest(Map<String, RegistrationSnapshot> live) {
        return environments.all().stream()
                .filter(environment -> environment.kind() == EnvironmentKind.PATH_TO_LIVE)
                .flatMap(environment -> Optional.ofNullable(live.get(environment.id())).stream())
                .findFirst();
    }
}

package dev.connectionmanager.registration;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.RegistrationStatements.Read;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;

/**
 * A team's registrations by the names that the existing tool's format has for them. The database gives each its name when it is
 * issued: of {@code a-z}, {@code 0-9} and {@code -}, 64 at most, one of its own in its team and environment, and never another,
 * whatever the client is called later. A deleted registration keeps its name for when it is restored.
 */
@ApplicationScoped
public class ConfigNames {
    private static final String OF_TEAM = """
             from config_name c join registration r on r.id = c.registration_id and r.team_id = c.team_id
            join application a on a.id = r.application_id and a.team_id = c.team_id and a.deleted_at is null
            where c.team_id = :team and c.environment = :environment and r.deleted_at is null""";

    private final EntityManager entities;
    private final RegistrationStatements statements;

    ConfigNames(EntityManager entities, RegistrationStatements statements) {
        this.entities = entities;
        this.statements = statements;
    }

    /**
     * All that a team has in this environment, in alphabetical order: the format knows no pages.
     *
     * @throws Refusal.NotFound for a team that the actor may not read
     */
    public List<String> all(Actor actor, UUID team, String environment) {
        actor.mustRead(team);
        @SuppressWarnings("unchecked")
        List<String> names = entities.createNativeQuery(
                        "select c.name" + OF_TEAM + " order by c.name collate \"C\"", String.class)
                .setParameter("team", team)
                .setParameter("environment", environment)
                .getResultList();
        return names;
    }

    /** @throws Refusal.NotFound for a team that the actor may not read, and for a name that nothing of it has */
    public RegistrationSnapshot find(Actor actor, UUID team, String environment, String name) {
        actor.mustRead(team);
        @SuppressWarnings("unchecked")
        List<UUID> found = entities.createNativeQuery(
                        "select r.application_id" + OF_TEAM + " and c.name = :name", UUID.class)
                .setParameter("team", team)
                .setParameter("environment", environment)
                .setParameter("name", name)
                .getResultList();
        return found.stream()
                .findFirst()
                .flatMap(application -> statements.read(application, environment))
                .flatMap(Read::current)
                .filter(registered -> registered.application().teamId().equals(team))
                .orElseThrow(Refusal.NotFound::new);
    }

    /**
     * The same, for whoever may change it.
     *
     * @throws Refusal.NotAllowed for a lesser role than admin
     */
    public RegistrationSnapshot findToChange(Actor actor, UUID team, String environment, String name) {
        var found = find(actor, team, environment, name);
        actor.mustBe(Role.ADMIN, team);
        return found;
    }

    /** The name of a registration that is there. */
    public String of(RegistrationSnapshot registered) {
        return (String) entities.createNativeQuery(
                        "select name from config_name where registration_id = :registration and team_id = :team",
                        String.class)
                .setParameter("registration", registered.registration().id())
                .setParameter("team", registered.application().teamId())
                .getSingleResult();
    }
}

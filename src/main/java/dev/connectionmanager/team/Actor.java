package dev.connectionmanager.team;

import dev.connectionmanager.policy.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who acts, with the rights held at the moment of the request.
 *
 * @param subject the OpenID Provider's {@code sub}
 * @param email verified e-mail address; empty where the OpenID Provider gives none
 * @param name for the trail and the pages
 * @param operator whether the OpenID Provider says that this person is an operator
 * @param roles the teams this person is a member of
 */
public record Actor(String subject, String email, String name, boolean operator, Map<UUID, Role> roles) {
    public Actor {
        roles = Map.copyOf(roles);
    }

    public Optional<Role> roleIn(UUID team) {
        return Optional.ofNullable(roles.get(team));
    }

    /** Whether this person has at least this role in the team; being an operator does not count. */
    public boolean is(Role needed, UUID team) {
        return roleIn(team).filter(role -> role.covers(needed)).isPresent();
    }

    /** In which role this person acts on a team's things, for the trail. */
    public String roleNameIn(UUID team) {
        return roleIn(team).map(Role::code).orElse("operator");
    }

    public boolean mayRead(UUID team) {
        return operator || roles.containsKey(team);
    }

    /** @throws Refusal.NotFound for a team that is not this person's: to them it does not exist */
    public void mustRead(UUID team) {
        if (!mayRead(team)) {
            throw new Refusal.NotFound();
        }
    }

    /**
     * @throws Refusal.NotFound for a team that this person may not even read
     * @throws Refusal.NotAllowed for a role that does not cover the needed one
     */
    public void mustBe(Role needed, UUID team) {
        mustRead(team);
        if (!is(needed, team)) {
            throw new Refusal.NotAllowed("This needs the role '" + needed.code() + "' in the team.");
        }
    }
}

package dev.connectionmanager.team;

import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Position;
import dev.connectionmanager.policy.Refusal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The acts on teams and their members. */
@ApplicationScoped
public class Teams {
    private final Store store;
    private final Members members;
    private final Clock clock;

    Teams(Store store, Members members, Clock clock) {
        this.store = store;
        this.members = members;
        this.clock = clock;
    }

    /** @throws Refusal.NotFound for a team that is not the actor's, as for an unknown one */
    public Team find(Actor actor, UUID id) {
        actor.mustRead(id);
        return store.findByIdOptional(id).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * One page of the teams that the actor may read, by name.
     *
     * @param after the last team of the page before; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<Team> page(Actor actor, Position after, int limit) {
        var query = new StringBuilder("1 = 1");
        var parameters = new Parameters();
        if (!actor.operator()) {
            query.append(" and id in :mine");
            parameters.and("mine", actor.roles().keySet());
        }
        if (after != null) {
            query.append(" and (lower(name), id) > (lower(:afterName), :afterId)");
            parameters.and("afterName", after.name()).and("afterId", after.id());
        }
        var found = store.find(query + " order by lower(name), id", parameters)
                .range(0, limit)
                .list();
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                shown,
                found.size() > limit
                        ? new Position(
                                        shown.get(limit - 1).name(),
                                        shown.get(limit - 1).id())
                                .cursor()
                        : null);
    }

    /**
     * The members of a team, invited or logged in, by e-mail address.
     *
     * @throws Refusal.NotFound for a team that is not the actor's
     */
    public List<Member> members(Actor actor, UUID team) {
        actor.mustRead(team);
        return members.list("teamId = ?1 order by lower(email)", team);
    }

    /** Where letters for those members go who hold at least this role; for the portal's own use. */
    public List<String> addresses(UUID team, Role atLeast) {
        return members.list("teamId = ?1 order by lower(email)", team).stream()
                .filter(member -> member.role().covers(atLeast))
                .map(Member::email)
                .toList();
    }

    /**
     * Gives a team access, with its first members; does nothing where the team has access already.
     *
     * @param roles role by e-mail address
     */
    @Transactional
    public void giveAccess(UUID id, String name, List<Category> categories, Map<String, Role> roles) {
        if (store.findByIdOptional(id).isPresent()) {
            return;
        }
        store.persist(new Team(id, name, categories, clock.instant()));
        roles.forEach((email, role) -> members.persist(new Member(id, email, role, clock.instant())));
    }

    /**
     * The teams that a person is a member of. A place that was given to an e-mail address is taken by the first person
     * who logs in with it, verified.
     *
     * @param verifiedEmail empty where the OpenID Provider gives none
     */
    @Transactional
    Map<UUID, Role> rolesOf(String subject, String verifiedEmail) {
        var places =
                members.list("subject = ?1 or (subject is null and lower(email) = lower(?2))", subject, verifiedEmail);
        if (places.stream().anyMatch(member -> !member.hasLoggedIn())) {
            // Requests come side by side, perhaps of two people: the database decides who was first.
            members.update("subject = ?1 where subject is null and lower(email) = lower(?2)", subject, verifiedEmail);
            places = members.list("subject", subject);
        }
        return places.stream().collect(Collectors.toMap(Member::teamId, Member::role, (a, b) -> a.covers(b) ? a : b));
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<Team, UUID> {}

    @ApplicationScoped
    static class Members implements PanacheRepositoryBase<Member, UUID> {}
}

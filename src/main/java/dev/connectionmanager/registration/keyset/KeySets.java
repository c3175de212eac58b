package dev.connectionmanager.registration.keyset;

import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.keyset.HostedKeyRules;
import dev.connectionmanager.keyset.HostedKeySet;
import dev.connectionmanager.keyset.HostedKeySets;
import dev.connectionmanager.keyset.KeySetCandidate;
import dev.connectionmanager.keyset.KeySetTrail;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.text.Normalizer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The acts on key sets that teams keep at the portal for want of a public address. Viewers read; admins and credentials of scope
 * {@code write} change. Public keys alone are taken.
 */
@ApplicationScoped
public class KeySets {
    private static final int RETRY_SECONDS = 60;

    private final HostedKeySets store;
    private final KeySetUses uses;
    private final Teams teams;
    private final Environments environments;
    private final KeySetTrail trail;
    private final Clock clock;

    KeySets(
            HostedKeySets store,
            KeySetUses uses,
            Teams teams,
            Environments environments,
            KeySetTrail trail,
            Clock clock) {
        this.store = store;
        this.uses = uses;
        this.teams = teams;
        this.environments = environments;
        this.trail = trail;
        this.clock = clock;
    }

    /** Those of a team, by name. */
    public List<HostedKeySet> all(Actor actor, UUID team) {
        return store.of(teams.find(actor, team).id());
    }

    /** @throws Refusal.NotFound where the team has none of this id */
    public HostedKeySet find(Actor actor, UUID team, UUID id) {
        return store.of(teams.find(actor, team).id(), id).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * Publishes a new key set.
     *
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.TooMany for more than {@link HostedKeyRules#MOST_SETS}, or more keys than {@link HostedKeyRules#MOST_KEYS}
     */
    @Transactional
    public HostedKeySet make(Actor actor, UUID team, Parsed<KeySetCandidate> sent) {
        teamToChange(actor, team);
        var candidate = sent.candidate();
        var now = clock.instant();
        var judged = HostedKeyRules.check(candidate.keys(), List.of(), algorithms(), now);
        Refusal.Rejected.ifBlocking(sent.and(HostedKeyRules.checkName(candidate).and(judged.violations())));
        // One after another, so that the count is right.
        teams.lock(team);
        limit(store.of(team).size() + 1, HostedKeyRules.MOST_SETS);
        limit(judged.keys().size(), HostedKeyRules.MOST_KEYS);
        var name = Normalizer.normalize(candidate.name(), Normalizer.Form.NFC);
        var set = new HostedKeySet(team, name, judged.keys(), actor.name(), now);
        store.persist(set);
        trail.made(actor, set, judged.keys());
        return set;
    }

    /**
     * Publishes more keys, at once.
     *
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.TooMany for more than {@link HostedKeyRules#MOST_KEYS}
     */
    @Transactional
    public HostedKeySet add(Actor actor, UUID team, UUID id, Parsed<KeySetCandidate> sent) {
        teamToChange(actor, team);
        var set = store.lock(team, id).orElseThrow(Refusal.NotFound::new);
        var now = clock.instant();
        var there = set.keys(now);
        var judged = HostedKeyRules.check(sent.candidate().keys(), there, algorithms(), now);
        var replaces = sent.candidate().replaces();
        var replaced = Optional.ofNullable(replaces).flatMap(kid -> set.key(kid, now));
        var unknown = replaces != null
                        && replaced.filter(key -> key.leavesAt() == null).isEmpty()
                ? new Violations(List.of(Violation.of("replaces", Rule.HOSTED_KEY_TO_REPLACE_UNKNOWN)))
                : Violations.NONE;
        Refusal.Rejected.ifBlocking(sent.and(judged.violations().and(unknown)));
        limit(there.size() + judged.keys().size(), HostedKeyRules.MOST_KEYS);
        set.add(judged.keys(), replaced.orElse(null), now);
        trail.added(actor, set, there, set.keys(now));
        return set;
    }

    /**
     * Ends the publication of one key at once.
     *
     * @param key its {@code kid} or thumbprint
     * @throws Refusal.Conflict where it is the last one that stays, and a registration names the key set
     */
    @Transactional
    public void withdraw(Actor actor, UUID team, UUID id, String key) {
        teamToChange(actor, team);
        var set = store.lock(team, id).orElseThrow(Refusal.NotFound::new);
        var now = clock.instant();
        var there = set.keys(now);
        var withdrawn = set.key(key, now).orElseThrow(Refusal.NotFound::new);
        if (there.stream().noneMatch(other -> !other.equals(withdrawn) && other.leavesAt() == null)) {
            mustBeUnused(team, id);
        }
        set.withdraw(withdrawn, now);
        trail.withdrawn(actor, set, withdrawn, there, set.keys(now));
    }

    /** @throws Refusal.Conflict where a registration names it */
    @Transactional
    public void delete(Actor actor, UUID team, UUID id) {
        teamToChange(actor, team);
        var set = store.lock(team, id).orElseThrow(Refusal.NotFound::new);
        mustBeUnused(team, id);
        store.delete(set);
        trail.deleted(actor, set, set.keys(clock.instant()));
    }

    /** Of another team's registration no more is told than that there is one. */
    private void mustBeUnused(UUID team, UUID id) {
        var named = uses.of(id);
        named.stream().filter(use -> use.teamId().equals(team)).findFirst().ifPresent(use -> {
            throw new Refusal.Conflict(Reason.KEY_SET_IN_USE, use.applicationName(), use.environment())
                    .with("client_id", use.clientId());
        });
        if (!named.isEmpty()) {
            throw new Refusal.Conflict(Reason.KEY_SET_IN_USE_ELSEWHERE);
        }
    }

    /**
     * The team, for whoever may change its key sets.
     *
     * @throws Refusal.NotAllowed for whoever may not
     */
    public Team teamToChange(Actor actor, UUID team) {
        var found = teams.find(actor, team);
        actor.mustBe(Role.ADMIN, team);
        return found;
    }

    private static void limit(int count, int most) {
        if (count > most) {
            throw new Refusal.TooMany(RETRY_SECONDS, Reason.LIMIT_REACHED);
        }
    }

    /** Those of client assertions in any environment in which these key sets can be used. */
    private List<String> algorithms() {
        return environments.all().stream()
                .filter(environment -> environment.kind() != EnvironmentKind.PRODUCTION)
                .flatMap(environment -> environment.metadata().tokenEndpointAuthSigningAlgValuesSupported().stream())
                .filter(alg -> !alg.startsWith("HS"))
                .distinct()
                .toList();
    }
}

package dev.connectionmanager.team;

import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.audit.AuditExport;
import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.audit.AuditPosition;
import dev.connectionmanager.audit.AuditSearch;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.audit.Sealer;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.OutputStream;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reading the audit trail: members see what happened in their teams, operators everything. */
@ApplicationScoped
public class Activity {
    private final AuditSearch search;
    private final AuditTrail trail;
    private final Sealer sealer;
    private final Teams teams;

    Activity(AuditSearch search, AuditTrail trail, Sealer sealer, Teams teams) {
        this.search = search;
        this.trail = trail;
        this.sealer = sealer;
        this.teams = teams;
    }

    /**
     * What happened in a team, newest first.
     *
     * @throws Refusal.NotFound for a team that is not the actor's
     */
    public Page<AuditEvent> ofTeam(Actor actor, UUID team, AuditFilter filter, AuditPosition before, int limit) {
        actor.mustRead(team);
        return search.newestFirst(filter.in(Set.of(team.toString())), before, limit);
    }

    /**
     * What happened anywhere, newest first.
     *
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public Page<AuditEvent> everywhere(Actor actor, AuditFilter filter, AuditPosition before, int limit) {
        actor.mustBeOperator();
        return search.newestFirst(filter, before, limit);
    }

    /**
     * What the actor may read, in the order in which it is sealed, so that whoever asks again goes on where they stopped.
     *
     * @param team only this one's; {@code null} = all that are the actor's, for operators and their credentials everything
     * @throws Refusal.NotFound for a team that is not the actor's
     */
    public Page<AuditEvent> since(Actor actor, UUID team, AuditFilter filter, AuditPosition after, int limit) {
        return search.oldestFirst(readable(actor, team, filter), after, limit);
    }

    /** How many those are on all pages together, counted up to {@link dev.connectionmanager.policy.Total#COUNTED}. */
    public long countSince(Actor actor, UUID team, AuditFilter filter, AuditPosition after) {
        return search.count(readable(actor, team, filter), after);
    }

    private AuditFilter readable(Actor actor, UUID team, AuditFilter filter) {
        if (team != null) {
            mustRead(actor, team);
            return filter.in(Set.of(team.toString()));
        }
        return actor.readsWholeTrail()
                ? filter
                : filter.in(actor.roles().keySet().stream().map(UUID::toString).collect(Collectors.toSet()));
    }

    private void mustRead(Actor actor, UUID team) {
        if (!actor.readsWholeTrail()) {
            actor.mustRead(team);
        }
        teams.known(team).orElseThrow(Refusal.NotFound::new);
    }

    /** @throws Refusal.NotFound for an event that the actor may not read, as for an unknown one */
    public AuditPosition positionOf(Actor actor, UUID event) {
        return search.find(event)
                .filter(found -> actor.readsWholeTrail() || found.teamId() != null && actor.mayRead(found.teamId()))
                .map(AuditPosition::of)
                .orElseThrow(Refusal.NotFound::new);
    }

    /**
     * Tells the trail that it is exported, and makes ready to write every event that fits, by chain and sequence. What
     * can be sealed is sealed first.
     *
     * @return to be called once, outside a transaction, with where to write
     * @throws Refusal.NotAllowed for anybody but an operator and a credential of scope {@code audit-read}
     */
    public Consumer<OutputStream> export(Actor actor, AuditFilter filter, AuditExport format) {
        if (!actor.readsWholeTrail()) {
            throw new Refusal.NotAllowed(Reason.OPERATOR_NEEDED);
        }
        QuarkusTransaction.requiringNew()
                .run(() -> trail.write(
                        actor.auditEntry("audit-exported", null, "audit-trail", format.code(), null, null, filter)));
        sealer.seal();
        return out -> format.write(reader -> search.each(filter, reader), out);
    }
}

package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Writes what is done to drafts to the audit trail. */
@ApplicationScoped
class DraftTrail {
    private final AuditTrail trail;
    private final Environments environments;

    DraftTrail(AuditTrail trail, Environments environments) {
        this.trail = trail;
        this.environments = environments;
    }

    void write(Actor actor, Application application, Draft draft, String act, Object before, Object after) {
        trail.write(
                actor.auditEntry(act, application.teamId(), "draft", draft.id().toString(), null, before, after)
                        .about(Map.of(
                                "application",
                                application.details().name(),
                                "environment",
                                environments
                                        .find(draft.environment())
                                        .map(Environment::name)
                                        .orElse(draft.environment()))));
    }
}

package dev.connectionmanager.registration.check;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What a draft holds. */
@ApplicationScoped
class DraftSubject implements CheckSubject {
    private final Drafts drafts;
    private final LiveChecks checks;

    DraftSubject(Drafts drafts, LiveChecks checks) {
        this.drafts = drafts;
        this.checks = checks;
    }

    @Override
    public AskedCheck.Subject subject() {
        return AskedCheck.Subject.DRAFT;
    }

    @Override
    public void mustBeAllowed(Actor actor, AskedCheck.Details details) {
        find(actor, details.applicationId(), details.environment(), details.subjectId());
    }

    @Override
    public void check(Actor actor, AskedCheck asked) {
        checks.run(actor, find(actor, asked.applicationId(), asked.environment(), asked.subjectId()));
    }

    private Draft find(Actor actor, UUID applicationId, String environment, UUID id) {
        return drafts.find(actor, applicationId, environment)
                .filter(draft -> draft.id().equals(id))
                .orElseThrow(Refusal.NotFound::new);
    }
}

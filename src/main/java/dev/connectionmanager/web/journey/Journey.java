package dev.connectionmanager.web.journey;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.web.layout.Redirect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** What the pages of a journey have in common: its draft, and what the rules say of it. */
@ApplicationScoped
class Journey {
    private final Applications applications;
    private final Environments environments;
    private final Drafts drafts;
    private final Registrations registrations;
    private final CurrentActor actor;

    Journey(
            Applications applications,
            Environments environments,
            Drafts drafts,
            Registrations registrations,
            CurrentActor actor) {
        this.applications = applications;
        this.environments = environments;
        this.drafts = drafts;
        this.registrations = registrations;
        this.actor = actor;
    }

    /** @throws Refusal.NotFound without a draft */
    QuestionPage question(UUID applicationId, String environment, JourneyStep step, String from, Violations found) {
        return question(
                drafts.find(actor.get(), applicationId, environment).orElseThrow(Refusal.NotFound::new),
                step,
                from,
                found);
    }

    QuestionPage question(Draft draft, JourneyStep step, String from, Violations found) {
        return new QuestionPage(
                applications.find(actor.get(), draft.applicationId()),
                environments.find(draft.environment()).orElseThrow(Refusal.NotFound::new),
                draft.candidate(),
                place(draft),
                step,
                found,
                from,
                step.tag(draft.candidate()),
                "");
    }

    private static QuestionPage.Place place(Draft draft) {
        var application = "/applications/" + draft.applicationId();
        var base = application + "/registrations/" + draft.environment() + "/draft";
        return new QuestionPage.Place(base, base + "/check", application, draft.changesRegistration(), null, null);
    }

    /** All that the rules say of the draft as it stands. */
    Violations judge(Draft draft) {
        return registrations.judge(actor.get(), draft);
    }

    /** What is told of a question as it is opened: what was seen; from "check your answers", what the rules say too. */
    Violations opened(Draft draft, JourneyStep step, String from) {
        var judged = from.equals("check") && step.answered(draft.candidate()) ? judge(draft) : Violations.NONE;
        return step.on(judged.and(looked(draft)));
    }

    /** What the latest look at the draft's endpoints means for it; empty where nobody looked. */
    Violations looked(Draft draft) {
        return registrations.preview(actor.get(), draft).live();
    }

    static Response to(Draft draft, String page) {
        return Redirect.to(address(draft, page));
    }

    /** Of one of its pages. */
    static String address(Draft draft, String page) {
        return "/applications/" + draft.applicationId() + "/registrations/" + draft.environment() + "/draft/" + page;
    }
}

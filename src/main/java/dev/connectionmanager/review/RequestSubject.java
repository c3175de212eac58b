package dev.connectionmanager.review;

import dev.connectionmanager.registration.check.AskedCheck;
import dev.connectionmanager.registration.check.CheckSubject;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.TransitionRules;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;

/** What a request for production asks for. */
@ApplicationScoped
class RequestSubject implements CheckSubject {
    private final Requests requests;
    private final Submissions submissions;

    RequestSubject(Requests requests, Submissions submissions) {
        this.requests = requests;
        this.submissions = submissions;
    }

    @Override
    public AskedCheck.Subject subject() {
        return AskedCheck.Subject.REQUEST;
    }

    @Override
    public void mustBeAllowed(Actor actor, AskedCheck.Details details) {
        var file = requests.findTo(RequestAct.CHECK, actor, details.subjectId());
        TransitionRules.requireTransition(file.request().state(), RequestAct.CHECK);
    }

    @Override
    public void check(Actor actor, AskedCheck asked) {
        submissions.check(actor, asked.subjectId());
    }
}

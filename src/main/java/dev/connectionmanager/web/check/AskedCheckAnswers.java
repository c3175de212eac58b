package dev.connectionmanager.web.check;

import dev.connectionmanager.registration.check.AskedCheck;
import dev.connectionmanager.registration.check.AskedChecks;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.Redirect;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;

/** What a page answers when somebody asks for a live check. */
@RequestScoped
public class AskedCheckAnswers {
    private final AskedChecks checks;
    private final Actor actor;

    AskedCheckAnswers(AskedChecks checks, Actor actor) {
        this.checks = checks;
        this.actor = actor;
    }

    /** On to the result where it is there at once; else to the page that says how far it is. */
    public Response ask(AskedCheck.Details details) {
        var asked = checks.ask(actor, details);
        return Redirect.to(asked.ended() ? asked.page() : page(asked));
    }

    static String page(AskedCheck asked) {
        return "/applications/" + asked.applicationId() + "/live-checks/" + asked.id();
    }
}

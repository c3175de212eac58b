package dev.connectionmanager.web.request;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Submissions;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.ServiceLevel;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.layout.FormSubmission;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

/** A request for production as its team sees it: looked at, checked, submitted, talked about, withdrawn. */
@Path("/requests/{request_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class RequestPages {
    private final Requests requests;
    private final Submissions submissions;
    private final ServiceLevel serviceLevel;
    private final Environments environments;
    private final Actor actor;
    private final FormSubmission submission;
    private final Clock clock;

    RequestPages(
            Requests requests,
            Submissions submissions,
            ServiceLevel serviceLevel,
            Environments environments,
            Actor actor,
            FormSubmission submission,
            Clock clock) {
        this.requests = requests;
        this.submissions = submissions;
        this.serviceLevel = serviceLevel;
        this.environments = environments;
        this.actor = actor;
        this.submission = submission;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "requests")
    static class Templates {
        static native TemplateInstance request(RequestView view);

        static native TemplateInstance submitted(RequestView view);

        static native TemplateInstance withdrawal(RequestView view);
    }

    @GET
    public TemplateInstance one(@PathParam("request_id") UUID id, @QueryParam("done") String done) {
        return Templates.request(view(id, Violations.NONE, "", "").withDone(Objects.requireNonNullElse(done, "")));
    }

    /** Looks at the endpoints that are asked for; hands nothing over. */
    @POST
    @Path("checks")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@PathParam("request_id") UUID id, @FormParam("comment") @DefaultValue("") String comment) {
        var requestId = id;
        try {
            submission.once(() -> submissions.check(actor, requestId));
            // A comment that was begun is no reason not to look, and is not lost by it.
            return comment.isBlank()
                    ? to(id, "?done=checked#checks")
                    : answer(200, view(requestId, Violations.NONE, "", comment).withDone("checked"));
        } catch (Refusal.TooMany busy) {
            return busyPage(requestId, busy, comment);
        } catch (Refusal.Conflict conflict) {
            return answer(409, view(requestId, Violations.NONE, RuleSentences.of(conflict), comment));
        }
    }

    @POST
    @Path("submission")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response submit(@PathParam("request_id") UUID id, @FormParam("tag") String tag) {
        var requestId = id;
        try {
            submissions.submit(actor, requestId, Precondition.matching(tag));
            return to(id, "/submitted");
        } catch (Refusal.Rejected rejected) {
            return answer(422, view(requestId, rejected.violations(), "", ""));
        } catch (Refusal.TooMany busy) {
            return busyPage(requestId, busy, "");
        } catch (Refusal.Stale stale) {
            return answer(
                    412,
                    view(
                            requestId,
                            Violations.NONE,
                            "Somebody else has changed this request since you looked at it. Nothing was submitted."
                                    + " This is how it is now: check it once more, then submit.",
                            ""));
        } catch (Refusal.Conflict conflict) {
            return answer(409, view(requestId, Violations.NONE, RuleSentences.of(conflict), ""));
        }
    }

    /** What happens next, and when. */
    @GET
    @Path("submitted")
    public Response submitted(@PathParam("request_id") UUID id) {
        var view = view(id, Violations.NONE, "", "");
        return view.submitted() || view.approvedByRule()
                ? Response.ok(Templates.submitted(view)).build()
                : to(id, "");
    }

    @POST
    @Path("comments")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response comment(@PathParam("request_id") UUID id, @FormParam("comment") String comment) {
        var requestId = id;
        try {
            requests.comment(actor, requestId, comment);
            return to(id, "?done=commented#history");
        } catch (Refusal.Rejected rejected) {
            return answer(422, view(requestId, rejected.violations(), "", Objects.requireNonNullElse(comment, "")));
        }
    }

    @GET
    @Path("withdrawal")
    public Response confirmWithdrawal(@PathParam("request_id") UUID id) {
        requests.findTo(RequestAct.WITHDRAW, actor, id);
        var view = view(id, Violations.NONE, "", "");
        return view.open() ? Response.ok(Templates.withdrawal(view)).build() : to(id, "");
    }

    @POST
    @Path("withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response withdraw(@PathParam("request_id") UUID id) {
        try {
            requests.withdraw(actor, id, null);
        } catch (Refusal.Conflict conflict) {
            var view = view(id, Violations.NONE, RuleSentences.of(conflict), "");
            // A colleague was faster: it is what was wanted.
            if (view.file().request().state() != RequestState.WITHDRAWN) {
                return answer(409, view);
            }
        }
        return to(id, "?done=withdrawn");
    }

    private Response busyPage(UUID id, Refusal.TooMany busy, String comment) {
        var notice = "Your endpoints could not be checked just now: too many checks were asked for in a short time. "
                + "Your answers are kept. Wait " + busy.retryAfterSeconds() + " seconds, then try again.";
        return Response.status(Response.Status.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, busy.retryAfterSeconds())
                .entity(Templates.request(view(id, Violations.NONE, notice, comment)))
                .build();
    }

    private static Response answer(int status, RequestView view) {
        return Response.status(status).entity(Templates.request(view)).build();
    }

    private static Response to(UUID id, String page) {
        return Redirect.to("/requests/" + id + page);
    }

    private RequestView view(UUID id, Violations found, String notice, String comment) {
        RequestReview file = requests.find(actor, id);
        // What an endpoint showed is told at once; the rest when somebody has tried to submit.
        var seen = file.request().state().open() ? file.seen() : Violations.NONE;
        var shown = found.block() ? found : seen;
        return new RequestView(
                file,
                environments.find(file.request().environment()).orElseThrow().name(),
                requests.history(actor, file),
                shown,
                notice,
                "",
                comment,
                actor.is(Role.ADMIN, file.application().teamId()),
                serviceLevel.workingDays(),
                clock.instant());
    }
}

package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Reviews;
import dev.connectionmanager.review.Submissions;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.FormSubmission;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** A request as operators see it: what is asked, what was found, what was said; and the forms to decide on it. */
@Path("/review/requests/{request_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ReviewRequestPages {
    /** Of the team's other requests, and of the application's deleted registrations, so many are shown. */
    private static final int EARLIER = 10;

    private final Requests requests;
    private final Reviews reviews;
    private final Submissions submissions;
    private final Registrations registrations;
    private final Environments environments;
    private final Actor actor;
    private final FormSubmission submission;
    private final Clock clock;

    ReviewRequestPages(
            Requests requests,
            Reviews reviews,
            Submissions submissions,
            Registrations registrations,
            Environments environments,
            Actor actor,
            FormSubmission submission,
            Clock clock) {
        this.requests = requests;
        this.reviews = reviews;
        this.submissions = submissions;
        this.registrations = registrations;
        this.environments = environments;
        this.actor = actor;
        this.submission = submission;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance request(ReviewRequestView view);
    }

    @GET
    public TemplateInstance one(
            @PathParam("request_id") UUID id, @QueryParam("queue") String queue, @QueryParam("done") String done) {
        actor.asOperator();
        var view = view(id, Violations.NONE, ReviewRequestView.Typed.NOTHING, "", ReviewRequestView.query(queue));
        return Templates.request("decided".equals(done) ? view.withDone(view.decided()) : view);
    }

    @POST
    @Path("assignee")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response assign(@PathParam("request_id") UUID id, @BeanParam ReviewRequestForm form) {
        return act(id, form, requestId -> {
            var toMe = !"nobody".equals(form.assignee);
            submission.once(() -> reviews.assign(
                    actor, requestId, Parsed.typed(toMe ? Reviews.ME : Reviews.NOBODY), form.assignedTo));
            return form.fromQueue()
                    ? Redirect.to(ReviewRequestView.queue(form.queue(), requestId))
                    : after(
                            requestId,
                            form,
                            form.typedBeside(requests.find(actor, requestId).tag()),
                            "",
                            "The request is assigned to " + (toMe ? "you." : "nobody."));
        });
    }

    /** Looks at the endpoints of exactly what is asked. */
    @POST
    @Path("checks")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@PathParam("request_id") UUID id, @BeanParam ReviewRequestForm form) {
        return act(id, form, requestId -> {
            var tag = requests.find(actor, requestId).tag();
            submission.once(() -> submissions.check(actor, requestId));
            return after(requestId, form, form.typedBeside(tag), "#checks", "The endpoints were checked.");
        });
    }

    @POST
    @Path("comments")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response comment(@PathParam("request_id") UUID id, @BeanParam ReviewRequestForm form) {
        return act(id, form, requestId -> {
            var tag = requests.find(actor, requestId).tag();
            try {
                submission.once(
                        () -> requests.comment(actor, requestId, form.typed().teamComment()));
            } catch (Refusal.Rejected rejected) {
                throw ReviewRequestView.renamed(rejected, "comment", "team_comment");
            }
            return after(requestId, form, form.typedBeside(tag).withTeamComment(""), "#history", "Comment added.");
        });
    }

    @POST
    @Path("notes")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response note(@PathParam("request_id") UUID id, @BeanParam ReviewRequestForm form) {
        return act(id, form, requestId -> {
            var tag = requests.find(actor, requestId).tag();
            try {
                submission.once(
                        () -> reviews.note(actor, requestId, form.typed().note()));
            } catch (Refusal.Rejected rejected) {
                throw ReviewRequestView.renamed(rejected, "note", "operators_note");
            }
            return after(requestId, form, form.typedBeside(tag).withNote(""), "#history", "Note added.");
        });
    }

    /** Decides about what the form's tag names; whatever moved on since is told, and what was typed is asked again. */
    @POST
    @Path("decision")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(@PathParam("request_id") UUID id, @BeanParam ReviewRequestForm form) {
        return act(id, form, requestId -> {
            submission.once(() ->
                    reviews.decide(actor, requestId, Parsed.typed(form.decision()), Precondition.matching(form.tag())));
            return after(requestId, form, form.typed().withoutDecision(), "", "");
        });
    }

    /** Does what one of the buttons is for. What keeps it from being done is told on the page, with all that was typed. */
    private Response act(UUID id, ReviewRequestForm form, Function<UUID, Response> button) {
        actor.asOperator();
        var requestId = id;
        try {
            return button.apply(requestId);
        } catch (Refusal.Rejected rejected) {
            return answer(422, again(requestId, form, rejected.violations(), ""));
        } catch (Refusal.Stale stale) {
            var notice = stale.arguments().isEmpty()
                    ? "This request has changed since you read it. Nothing was written."
                    : RuleSentences.of(stale);
            return answer(412, view(requestId, Violations.NONE, form.typed(), notice, form.queue()));
        } catch (Refusal.Conflict conflict) {
            return answer(409, again(requestId, form, Violations.NONE, RuleSentences.of(conflict)));
        } catch (Refusal.TooMany busy) {
            var notice = "The endpoints could not be checked just now: too many checks were asked for in a short time. "
                    + "Wait " + busy.retryAfterSeconds() + " seconds, then try again.";
            return Response.fromResponse(answer(429, again(requestId, form, Violations.NONE, notice)))
                    .header(HttpHeaders.RETRY_AFTER, busy.retryAfterSeconds())
                    .build();
        }
    }

    private ReviewRequestView again(UUID id, ReviewRequestForm form, Violations found, String notice) {
        var typed = form.typedBeside(requests.find(actor, id).tag());
        return view(id, found, typed, notice, form.queue());
    }

    /** On to the page; where something else was typed, it is shown at once, with that. */
    private Response after(UUID id, ReviewRequestForm form, ReviewRequestView.Typed left, String part, String done) {
        if (left.nothing()) {
            return Redirect.to("/review/requests/" + id + "?queue=" + Labels.encoded(form.queue())
                    + (done.isEmpty() ? "&done=decided" : "") + part);
        }
        var view = view(id, Violations.NONE, left, "", form.queue());
        return answer(200, view.withDone((done.isEmpty() ? view.decided() : done) + " What else you typed is kept."));
    }

    private static Response answer(int status, ReviewRequestView view) {
        return Response.status(status).entity(Templates.request(view)).build();
    }

    private ReviewRequestView view(
            UUID id, Violations found, ReviewRequestView.Typed typed, String notice, String queue) {
        var file = requests.find(actor, id);
        var application = file.application();
        var earlier =
                requests
                        .page(actor, RequestFilter.of(application.teamId()), Order.NEWEST, null, EARLIER + 1)
                        .items()
                        .stream()
                        .filter(row -> !row.request().id().equals(id))
                        .limit(EARLIER)
                        .toList();
        var clients = Stream.concat(
                        registrations.all(actor, application.id()).stream(),
                        registrations.deleted(actor, application.id(), EARLIER).stream())
                .map(client -> new ReviewRequestView.Client(client, reviews.suspensions(actor, client.registration())))
                .toList();
        return new ReviewRequestView(
                file,
                environments.all(),
                requests.history(actor, file),
                new ReviewRequestView.TeamHistory(earlier, clients),
                file.request().state() == RequestState.SUBMITTED
                        ? reviews.leavesToOthers(actor, file)
                                .map(RuleSentences::of)
                                .orElse("")
                        : "",
                found,
                typed,
                notice,
                "",
                queue,
                actor.subject(),
                actor.roleIn(application.teamId()).isPresent(),
                clock.instant());
    }
}

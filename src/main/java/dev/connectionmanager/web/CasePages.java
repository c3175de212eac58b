package dev.connectionmanager.web;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.review.CaseFile;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.RequestState;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Reviews;
import dev.connectionmanager.review.Submissions;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** A request as operators see it: what is asked, what was found, what was said; and the forms to decide on it. */
@Path("/review/requests/{request_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class CasePages {
    /** Of the team's other requests, and of the application's deleted registrations, so many are shown. */
    private static final int EARLIER = 10;

    private final Requests requests;
    private final Reviews reviews;
    private final Submissions submissions;
    private final Registrations registrations;
    private final Environments environments;
    private final CurrentActor actor;
    private final Clock clock;

    CasePages(
            Requests requests,
            Reviews reviews,
            Submissions submissions,
            Registrations registrations,
            Environments environments,
            CurrentActor actor,
            Clock clock) {
        this.requests = requests;
        this.reviews = reviews;
        this.submissions = submissions;
        this.registrations = registrations;
        this.environments = environments;
        this.actor = actor;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance request(CaseView view);
    }

    @GET
    public TemplateInstance one(@PathParam("request_id") String id) {
        actor.get().mustBeOperator();
        return Templates.request(view(Ids.uuid(id), Violations.NONE, CaseView.Typed.NOTHING, ""));
    }

    @POST
    @Path("assignee")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response assign(@PathParam("request_id") String id, @FormParam("assignee") String assignee) {
        actor.get().mustBeOperator();
        reviews.assign(actor.get(), Ids.uuid(id), !"nobody".equals(assignee));
        return to(id, "");
    }

    /** Looks at the endpoints of exactly what is asked. */
    @POST
    @Path("checks")
    public Response check(@PathParam("request_id") String id) {
        actor.get().mustBeOperator();
        try {
            submissions.check(actor.get(), Ids.uuid(id));
            return to(id, "#checks");
        } catch (Refusal.TooMany busy) {
            var notice = "The endpoints could not be checked just now: too many checks were asked for in a short time. "
                    + "Wait " + busy.retryAfterSeconds() + " seconds, then try again.";
            return Response.status(Response.Status.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, busy.retryAfterSeconds())
                    .entity(Templates.request(view(Ids.uuid(id), Violations.NONE, CaseView.Typed.NOTHING, notice)))
                    .build();
        }
    }

    @POST
    @Path("comments")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response comment(@PathParam("request_id") String id, @FormParam("team_comment") String comment) {
        actor.get().mustBeOperator();
        try {
            requests.comment(actor.get(), Ids.uuid(id), comment);
            return to(id, "#history");
        } catch (Refusal.Rejected rejected) {
            var found = CaseView.renamed(rejected.violations(), "comment", "team_comment");
            return answer(422, view(Ids.uuid(id), found, CaseView.Typed.comment(comment), ""));
        }
    }

    @POST
    @Path("notes")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response note(@PathParam("request_id") String id, @FormParam("operators_note") String note) {
        actor.get().mustBeOperator();
        try {
            reviews.note(actor.get(), Ids.uuid(id), note);
            return to(id, "#history");
        } catch (Refusal.Rejected rejected) {
            var found = CaseView.renamed(rejected.violations(), "note", "operators_note");
            return answer(422, view(Ids.uuid(id), found, CaseView.Typed.note(note), ""));
        }
    }

    /** Decides about what the form's tag names; whatever moved on since is told, and what was typed is asked again. */
    @POST
    @Path("decision")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(@PathParam("request_id") String id, @BeanParam DecisionForm form) {
        actor.get().mustBeOperator();
        var requestId = Ids.uuid(id);
        try {
            reviews.decide(actor.get(), requestId, form.decision(), Precondition.matching(form.tag()));
            return to(id, "");
        } catch (Refusal.Rejected rejected) {
            return answer(422, view(requestId, rejected.violations(), form.typed(), ""));
        } catch (Refusal.Stale stale) {
            var view = view(requestId, Violations.NONE, form.typed(), form.moved(stale));
            // The same form, sent twice: the first one has done it.
            return done(view.file(), form) ? to(id, "") : answer(412, view);
        } catch (Refusal.Conflict conflict) {
            return answer(409, view(requestId, Violations.NONE, form.typed(), conflict.getMessage()));
        }
    }

    private boolean done(CaseFile file, DecisionForm form) {
        return file.request().decidedBy().filter(actor.get().subject()::equals).isPresent()
                && file.request().state() == form.state();
    }

    private static Response answer(int status, CaseView view) {
        return Response.status(status).entity(Templates.request(view)).build();
    }

    private static Response to(String id, String part) {
        return Redirect.to("/review/requests/" + Ids.uuid(id) + part);
    }

    private CaseView view(UUID id, Violations found, CaseView.Typed typed, String notice) {
        var file = requests.find(actor.get(), id);
        var application = file.application();
        var earlier = requests
                .page(actor.get(), RequestFilter.of(application.teamId()), Order.NEWEST, null, EARLIER + 1)
                .items()
                .stream()
                .filter(row -> !row.request().id().equals(id))
                .limit(EARLIER)
                .toList();
        var clients = Stream.concat(
                        registrations.all(actor.get(), application.id()).stream(),
                        registrations.deleted(actor.get(), application.id(), EARLIER).stream())
                .map(client -> new CaseView.Client(client, reviews.suspensions(actor.get(), client.registration())))
                .toList();
        return new CaseView(
                file,
                environments.all(),
                requests.history(actor.get(), id),
                new CaseView.TeamHistory(earlier, clients),
                file.request().state() == RequestState.SUBMITTED
                        ? reviews.leavesToOthers(actor.get(), file).orElse("")
                        : "",
                found,
                typed,
                notice,
                actor.get().subject(),
                clock.instant());
    }

    /** A decision as it was typed. */
    static class DecisionForm {
        @FormParam("tag")
        String tag;

        @FormParam("read")
        String read;

        @FormParam("outcome")
        String outcome;

        @FormParam("comment")
        String comment;

        @FormParam("fields")
        java.util.List<String> fields;

        /** A form without its tag is of no version. */
        String tag() {
            return Objects.requireNonNullElse(tag, "");
        }

        /** A text box sends line ends as CR LF, whatever was typed. */
        private String text() {
            return Objects.requireNonNullElse(comment, "").replace("\r\n", "\n");
        }

        Reviews.Decision decision() {
            var named = fields == null || !"request-changes".equals(outcome) ? java.util.List.<String>of() : fields;
            return new Reviews.Decision(outcome, text().isBlank() ? null : text(), named);
        }

        RequestState state() {
            return switch (Objects.requireNonNullElse(outcome, "")) {
                case "approve" -> RequestState.APPROVED;
                case "reject" -> RequestState.REJECTED;
                case "request-changes" -> RequestState.CHANGES_REQUESTED;
                default -> null;
            };
        }

        CaseView.Typed typed() {
            return new CaseView.Typed(
                    Objects.requireNonNullElse(outcome, ""),
                    text(),
                    fields == null ? java.util.List.of() : fields,
                    Objects.requireNonNullElse(read, ""),
                    "",
                    "");
        }

        String moved(Refusal.Stale stale) {
            return Objects.requireNonNullElse(
                    stale.getMessage(), "This request has changed since you read it. Nothing was written.");
        }
    }
}

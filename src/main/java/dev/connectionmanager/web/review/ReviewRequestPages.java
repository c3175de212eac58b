package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.check.AskedCheck.Details;
import dev.connectionmanager.registration.check.AskedCheck.Subject;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Reviews;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.check.AskedCheckAnswers;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.form.UnfinishedForm;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** A request as operators see it: what is asked, what was found, what was said; and the forms to decide on it. */
@Path("/review/requests/{request_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ReviewRequestPages {
    /** Of the team's other requests, and of the application's deleted registrations, so many are shown. */
    private static final int EARLIER = 10;

    private static final String PAGE = "/review/requests/{request_id}";

    private final Requests requests;
    private final Reviews reviews;
    private final AskedCheckAnswers checks;
    private final Registrations registrations;
    private final Environments environments;
    private final Actor actor;
    private final RefusedForm refused;
    private final UnfinishedForm unfinished;
    private final Clock clock;

    ReviewRequestPages(
            Requests requests,
            Reviews reviews,
            AskedCheckAnswers checks,
            Registrations registrations,
            Environments environments,
            Actor actor,
            RefusedForm refused,
            UnfinishedForm unfinished,
            Clock clock) {
        this.requests = requests;
        this.reviews = reviews;
        this.checks = checks;
        this.registrations = registrations;
        this.environments = environments;
        this.actor = actor;
        this.refused = refused;
        this.unfinished = unfinished;
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
        var form = new ReviewRequestForm(refused.present() ? refused.fields() : unfinished.fields());
        var view = view(id, typed(id, form), queue == null ? form.queue() : ReviewRequestView.query(queue));
        if (unfinished.present()) {
            return Templates.request(view.withDone((said(view, done) + " What else you typed is kept.").strip()));
        }
        return Templates.request(view.withDone(said(view, done)));
    }

    private static String said(ReviewRequestView view, String done) {
        return switch (Objects.requireNonNullElse(done, "")) {
            case "assigned" -> "The request is assigned to you.";
            case "checked" -> "The endpoints were checked.";
            case "commented" -> "Comment added.";
            case "decided" -> view.decided();
            case "given-back" -> "The request is assigned to nobody.";
            case "noted" -> "Note added.";
            default -> "";
        };
    }

    /** What a refused form held. What has changed since it was read is decided anew, about what the page shows now. */
    private ReviewRequestView.Typed typed(UUID id, ReviewRequestForm form) {
        if (!refused.present()) {
            return form.typedFor();
        }
        return refused.is(Refusal.Stale.class)
                ? form.typed()
                : form.beside(requests.find(actor, id).tag()).typedFor();
    }

    private Violations found() {
        var found = refused.violations();
        if (refused.sentTo("/comments")) {
            return ReviewRequestView.renamed(found, "comment", "team_comment");
        }
        return refused.sentTo("/notes") ? ReviewRequestView.renamed(found, "note", "operators_note") : found;
    }

    @POST
    @Path("assignee")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response assign(@PathParam("request_id") UUID id, MultivaluedMap<String, String> fields) {
        actor.asOperator();
        var form = new ReviewRequestForm(fields);
        var assignee = form.toNobody() ? Reviews.NOBODY : Reviews.ME;
        reviews.assign(actor, id, Parsed.typed(assignee), form.assignedTo());
        return form.fromQueue()
                ? Redirect.to(ReviewRequestView.queue(form.queue(), id))
                : after(
                        id,
                        form.beside(requests.find(actor, id).tag()),
                        form.toNobody() ? "given-back" : "assigned",
                        "");
    }

    /** Looks at the endpoints of exactly what is asked. */
    @POST
    @Path("checks")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@PathParam("request_id") UUID id, MultivaluedMap<String, String> fields) {
        actor.asOperator();
        var form = new ReviewRequestForm(fields);
        var file = requests.find(actor, id);
        var result = after(id, form.beside(file.tag()), "checked", "#checks");
        return checks.ask(new Details(
                Subject.REQUEST,
                id,
                file.application().id(),
                file.request().environment(),
                result.getHeaderString(HttpHeaders.LOCATION)));
    }

    @POST
    @Path("comments")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response comment(@PathParam("request_id") UUID id, MultivaluedMap<String, String> fields) {
        actor.asOperator();
        var form = new ReviewRequestForm(fields);
        var tag = requests.find(actor, id).tag();
        requests.comment(actor, id, form.typed().teamComment());
        return after(id, form.beside(tag).without("team_comment"), "commented", "#history");
    }

    @POST
    @Path("notes")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response note(@PathParam("request_id") UUID id, MultivaluedMap<String, String> fields) {
        actor.asOperator();
        var form = new ReviewRequestForm(fields);
        var tag = requests.find(actor, id).tag();
        reviews.note(actor, id, form.typed().note());
        return after(id, form.beside(tag).without("operators_note"), "noted", "#history");
    }

    /** Decides about what the form's tag names; whatever moved on since is told, and what was typed is asked again. */
    @POST
    @Path("decision")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(@PathParam("request_id") UUID id, MultivaluedMap<String, String> fields) {
        actor.asOperator();
        var form = new ReviewRequestForm(fields);
        reviews.decide(actor, id, Parsed.typed(form.decision()), Precondition.matching(form.tag()));
        return after(id, form.without("tag", "outcome", "comment", "fields", "read"), "decided", "");
    }

    /**
     * On to the page; what else was typed goes along.
     *
     * @param done code of what was done, which the page says
     */
    private Response after(UUID id, ReviewRequestForm left, String done, String part) {
        var page = "/review/requests/" + id;
        var query = "?queue=" + Labels.encoded(left.queue()) + "&done=" + done;
        return left.typed().nothing()
                ? Redirect.to(page + query + part)
                : unfinished.keep(page, query, part, "", left.sent());
    }

    private ReviewRequestView view(UUID id, ReviewRequestView.Typed typed, String queue) {
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
                found(),
                typed,
                refused.notice(),
                "",
                queue,
                actor.subject(),
                actor.roleIn(application.teamId()).isPresent(),
                clock.instant());
    }
}

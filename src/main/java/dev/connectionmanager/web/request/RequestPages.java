package dev.connectionmanager.web.request;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.check.AskedCheck.Details;
import dev.connectionmanager.registration.check.AskedCheck.Subject;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Submissions;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.ServiceLevel;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.check.AskedCheckAnswers;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.form.UnfinishedForm;
import dev.connectionmanager.web.layout.Redirect;
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
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A request for production as its team sees it: read, checked, submitted, talked about, withdrawn. */
@Path("/requests/{request_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class RequestPages {
    private static final String PAGE = "/requests/{request_id}";

    private final Requests requests;
    private final Submissions submissions;
    private final AskedCheckAnswers checks;
    private final ServiceLevel serviceLevel;
    private final Environments environments;
    private final Actor actor;
    private final RefusedForm refused;
    private final UnfinishedForm unfinished;
    private final Clock clock;

    RequestPages(
            Requests requests,
            Submissions submissions,
            AskedCheckAnswers checks,
            ServiceLevel serviceLevel,
            Environments environments,
            Actor actor,
            RefusedForm refused,
            UnfinishedForm unfinished,
            Clock clock) {
        this.requests = requests;
        this.submissions = submissions;
        this.checks = checks;
        this.serviceLevel = serviceLevel;
        this.environments = environments;
        this.actor = actor;
        this.refused = refused;
        this.unfinished = unfinished;
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
        var view = view(id).withDone(Objects.requireNonNullElse(done, ""));
        requests.read(actor, view.file());
        return Templates.request(view);
    }

    /** Checks the endpoints of the request as it stands; submits nothing. */
    @POST
    @Path("checks")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@PathParam("request_id") UUID id, @FormParam("comment") @DefaultValue("") String comment) {
        var request = requests.find(actor, id).request();
        // A comment that was begun is no reason not to check, and is not lost by it.
        var result = comment.isBlank()
                ? to(id, "?done=checked#checks")
                : unfinished.keep(
                        "/requests/" + id,
                        "?done=checked",
                        "#checks",
                        "",
                        new MultivaluedHashMap<>(Map.of("comment", comment)));
        return checks.ask(new Details(
                Subject.REQUEST,
                id,
                request.applicationId(),
                request.environment(),
                result.getHeaderString(HttpHeaders.LOCATION)));
    }

    @POST
    @Path("submission")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response submit(@PathParam("request_id") UUID id, @FormParam("tag") String tag) {
        submissions.submit(actor, id, Precondition.matching(tag));
        return to(id, "/submitted");
    }

    /** What happens next, and when. */
    @GET
    @Path("submitted")
    public Response submitted(@PathParam("request_id") UUID id) {
        var view = view(id);
        return view.submitted() || view.approvedByRule()
                ? Response.ok(Templates.submitted(view)).build()
                : to(id, "");
    }

    @POST
    @Path("comments")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response comment(@PathParam("request_id") UUID id, @FormParam("comment") String comment) {
        requests.comment(actor, id, comment);
        return to(id, "?done=commented#history");
    }

    @GET
    @Path("withdrawal")
    public Response confirmWithdrawal(@PathParam("request_id") UUID id) {
        requests.findTo(RequestAct.WITHDRAW, actor, id);
        var view = view(id);
        return view.open() ? Response.ok(Templates.withdrawal(view)).build() : to(id, "");
    }

    @POST
    @Path("withdrawal")
    @FormPage(PAGE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response withdraw(@PathParam("request_id") UUID id) {
        // Unless a colleague was faster: it is what was wanted.
        if (requests.findTo(RequestAct.WITHDRAW, actor, id).request().state() != RequestState.WITHDRAWN) {
            requests.withdraw(actor, id, null);
        }
        return to(id, "?done=withdrawn");
    }

    private static Response to(UUID id, String page) {
        return Redirect.to("/requests/" + id + page);
    }

    private RequestView view(UUID id) {
        RequestReview file = requests.find(actor, id);
        // What an endpoint showed is told at once; the rest when somebody has tried to submit.
        var seen = file.request().state().open() ? file.seen() : Violations.NONE;
        var found = refused.violations();
        return new RequestView(
                file,
                environments.find(file.request().environment()).orElseThrow().name(),
                requests.history(actor, file),
                found.block() ? found : seen,
                "",
                refused.text(
                        "comment",
                        Objects.requireNonNullElse(unfinished.fields().getFirst("comment"), "")),
                actor.is(Role.ADMIN, file.application().teamId()),
                serviceLevel.workingDays(),
                clock.instant());
    }
}

package dev.connectionmanager.web.request;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.journey.JourneyForm;
import dev.connectionmanager.web.journey.JourneyPages;
import dev.connectionmanager.web.journey.JourneyStep;
import dev.connectionmanager.web.journey.QuestionPage;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The question pages of a request for production: those of every registration, and what operators need beside it. */
@Path("/requests/{request_id}/questions")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class RequestQuestionPages {
    private final Requests requests;
    private final Environments environments;
    private final Actor actor;
    private final RefusedForm refused;

    RequestQuestionPages(Requests requests, Environments environments, Actor actor, RefusedForm refused) {
        this.requests = requests;
        this.environments = environments;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "requests")
    static class Templates {
        static native TemplateInstance answers(AnswersForm form);
    }

    @GET
    @Path("answers")
    public Response askBeside(@PathParam("request_id") UUID id) {
        var file = find(id);
        if (!editable(file) && !refused.present()) {
            return Redirect.to(home(file));
        }
        var form = refused.refusal()
                .map(refusal -> AnswersForm.refused(file, refused.fields(), refusal))
                .orElseGet(() -> AnswersForm.of(file));
        return Response.ok(Templates.answers(form)).build();
    }

    @POST
    @Path("answers")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answerBeside(@PathParam("request_id") UUID id, MultivaluedMap<String, String> fields) {
        var file = requests.edit(
                actor, id, asked -> Parsed.typed(asked.with(AnswersForm.onto(asked.answers(), fields))), null);
        return saved(file);
    }

    @GET
    @Path("{step}")
    public Response ask(
            @PathParam("request_id") UUID id,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var file = find(id);
        if (!editable(file) && !refused.present()) {
            return Redirect.to(home(file));
        }
        var judged = from.equals("check") && step.answered(file.request().candidate()) ? file.rules() : Violations.NONE;
        var page = question(file, step, from, step.on(judged.and(file.seen())));
        return Response.ok(JourneyPages.page(JourneyPages.again(page, refused))).build();
    }

    @POST
    @Path("{step}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @PathParam("request_id") UUID id,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from,
            MultivaluedMap<String, String> fields) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var form = new JourneyForm(fields);
        var file = save(id, candidate -> form.onto(step, candidate));
        Refusal.Rejected.ifBlocking(step.on(file.rules()));
        var next = JourneyPages.next(step, file.request().candidate(), from);
        if (!next.equals(JourneyPages.CHECK)) {
            return to(file, next);
        }
        return from.equals(JourneyPages.CHECK) ? saved(file) : afterQuestions(file);
    }

    /** To what operators need beside the metadata, where that is still missing. */
    private static Response afterQuestions(RequestReview file) {
        var answers = file.request().answers();
        return answers.conformanceReference() == null || answers.connectionAgreementReference() == null
                ? to(file, "answers")
                : saved(file);
    }

    private static Response saved(RequestReview file) {
        return Redirect.to(home(file) + "?done=answers-saved");
    }

    private RequestReview save(UUID id, UnaryOperator<Candidate> change) {
        return requests.edit(actor, id, asked -> Parsed.typed(asked.with(change.apply(asked.candidate()))), null);
    }

    /** For those who may work on it. */
    private RequestReview find(UUID id) {
        return requests.findTo(RequestAct.EDIT, actor, id);
    }

    /** Where it cannot be changed now, its page says why. */
    private static boolean editable(RequestReview file) {
        return file.request().state().editable();
    }

    private static String home(RequestReview file) {
        return "/requests/" + file.request().id();
    }

    private static Response to(RequestReview file, String page) {
        return Redirect.to(home(file) + "/questions/" + page);
    }

    private QuestionPage.WantedChange asked(RequestReview file) {
        return file.request().state() == RequestState.CHANGES_REQUESTED
                ? requests.history(actor, file)
                        .verdict()
                        .map(entry -> new QuestionPage.WantedChange(
                                entry.authorName(), entry.text().orElse(""), entry.fields()))
                        .orElse(null)
                : null;
    }

    private QuestionPage question(RequestReview file, JourneyStep step, String from, Violations found) {
        var home = home(file);
        return new QuestionPage(
                file.application(),
                environments.find(file.request().environment()).orElseThrow(Refusal.NotFound::new),
                file.request().candidate(),
                new QuestionPage.Place(
                        home + "/questions",
                        home,
                        home,
                        file.live().isPresent(),
                        file.comparedWithLive() ? null : file.compared().candidate(),
                        asked(file)),
                step,
                found,
                from,
                step.tag(file.request().candidate()),
                "");
    }
}

package dev.connectionmanager.web;

import static dev.connectionmanager.web.Journey.encoded;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.review.Answers;
import dev.connectionmanager.review.CaseFile;
import dev.connectionmanager.review.RequestAct;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.TransitionRules;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
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
class RequestQuestionPages {
    private final Requests requests;
    private final Environments environments;
    private final CurrentActor actor;

    RequestQuestionPages(Requests requests, Environments environments, CurrentActor actor) {
        this.requests = requests;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "requests")
    static class Templates {
        static native TemplateInstance answers(CaseFile file, Answers typed, FormErrors errors);
    }

    @GET
    @Path("answers")
    public TemplateInstance askBeside(@PathParam("request_id") String id) {
        var file = editable(id);
        return Templates.answers(file, file.request().answers(), FormErrors.of(Violations.NONE));
    }

    @POST
    @Path("answers")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answerBeside(@PathParam("request_id") String id, MultivaluedMap<String, String> fields) {
        var typed = new Answers(
                given(fields, "note"),
                given(fields, "conformance_reference"),
                given(fields, "connection_agreement_reference"),
                given(fields, "private_key_jwt_planned_for"));
        try {
            requests.edit(actor.get(), Ids.uuid(id), asked -> asked.with(typed), null);
            return Redirect.to("/requests/" + Ids.uuid(id));
        } catch (Refusal.Rejected rejected) {
            return Response.status(422)
                    .entity(Templates.answers(editable(id), typed, FormErrors.of(rejected.violations())))
                    .build();
        }
    }

    /** A box left empty is no answer; spaces around one come from pasting. */
    private static String given(MultivaluedMap<String, String> fields, String name) {
        var value = fields.getFirst(name);
        return value == null || value.isBlank() ? null : value.strip().replace("\r\n", "\n");
    }

    @GET
    @Path("{step}")
    public TemplateInstance ask(
            @PathParam("request_id") String id,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("another") String another) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var file = editable(id);
        return JourneyPages.page(question(file, step, from, step.on(file.seen())), another != null);
    }

    @POST
    @Path("{step}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @PathParam("request_id") String id,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from,
            MultivaluedMap<String, String> fields) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var form = new JourneyForm(fields);
        CaseFile file;
        try {
            file = save(id, candidate -> form.onto(step, candidate));
        } catch (Refusal.Rejected rejected) {
            return JourneyPages.again(question(editable(id), step, from, Violations.NONE), form, rejected);
        }
        if (form.pressed("remove")) {
            return to(file, JourneyPages.removal(form, from));
        }
        var found = step.on(file.rules());
        if (found.block()) {
            return Response.status(422)
                    .entity(JourneyPages.page(question(file, step, from, found), false))
                    .build();
        }
        if (form.pressed("another")) {
            return to(file, JourneyPages.another(step, from));
        }
        var next = JourneyPages.next(step, file.request().candidate(), from);
        return next.equals(JourneyPages.CHECK) ? afterQuestions(file) : to(file, next);
    }

    /** To what operators need beside the metadata, where that is still missing. */
    private static Response afterQuestions(CaseFile file) {
        var answers = file.request().answers();
        return answers.conformanceReference() == null || answers.connectionAgreementReference() == null
                ? to(file, "answers")
                : Redirect.to("/requests/" + file.request().id());
    }

    @GET
    @Path("redirect-uris/removal")
    public Response confirmRemoval(
            @PathParam("request_id") String id,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("uri") @DefaultValue("") String uri) {
        return JourneyPages.confirmRemoval(
                question(editable(id), JourneyStep.REDIRECT_URIS, from, Violations.NONE), uri);
    }

    @POST
    @Path("redirect-uris/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response remove(
            @PathParam("request_id") String id,
            @QueryParam("from") @DefaultValue("") String from,
            MultivaluedMap<String, String> fields) {
        var uri = fields.getFirst("uri");
        var file = save(id, candidate -> candidate.withoutRedirectUri(uri));
        return to(file, JourneyStep.REDIRECT_URIS.path() + "?from=" + encoded(from));
    }

    private CaseFile save(String id, UnaryOperator<Candidate> change) {
        return requests.edit(actor.get(), Ids.uuid(id), asked -> asked.with(change.apply(asked.candidate())), null);
    }

    /** @throws Refusal.Conflict for a request that cannot be changed now */
    private CaseFile editable(String id) {
        UUID requestId = Ids.uuid(id);
        var file = requests.find(actor.get(), requestId);
        TransitionRules.mustBeAllowed(
                RequestAct.EDIT, actor.get(), file.application().teamId());
        TransitionRules.mustGo(file.request().state(), RequestAct.EDIT);
        return file;
    }

    private static Response to(CaseFile file, String page) {
        return Redirect.to("/requests/" + file.request().id() + "/questions/" + page);
    }

    private Question question(CaseFile file, JourneyStep step, String from, Violations found) {
        var home = "/requests/" + file.request().id();
        return new Question(
                file.application(),
                environments.find(file.request().environment()).orElseThrow(Refusal.NotFound::new),
                file.request().candidate(),
                new Question.Place(
                        home + "/questions",
                        home,
                        home,
                        file.live().isPresent(),
                        file.comparedWithLive() ? null : file.compared().candidate()),
                step,
                found,
                from);
    }
}

package dev.connectionmanager.web.journey;

import static dev.connectionmanager.web.layout.Labels.encoded;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.RefusedForm;
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

/** The question pages of a registration. Each keeps what was typed in the team's draft; none of them issues anything. */
@Path("/applications/{application_id}/registrations/{environment}/draft")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
public class JourneyPages {
    /** The page after the last question. */
    public static final String CHECK = "check";

    private final Journey journey;
    private final Drafts drafts;
    private final Actor actor;
    private final RefusedForm refused;

    JourneyPages(Journey journey, Drafts drafts, Actor actor, RefusedForm refused) {
        this.journey = journey;
        this.drafts = drafts;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "journey")
    static class Templates {
        static native TemplateInstance clientName(QuestionPage page);

        static native TemplateInstance redirectUris(QuestionPage page);

        static native TemplateInstance authentication(QuestionPage page);

        static native TemplateInstance keys(QuestionPage page);

        static native TemplateInstance userinfo(QuestionPage page);

        static native TemplateInstance logout(QuestionPage page);
    }

    /** Begins, or goes on with the draft there is; {@code from} names an environment to carry values over from. */
    @POST
    @FormPage("/applications/{application_id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response start(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            MultivaluedMap<String, String> fields) {
        var from = fields.getFirst("from");
        var draft =
                from == null ? drafts.start(actor, id, environment) : drafts.carryOver(actor, id, from, environment);
        return Journey.to(draft, JourneyStep.unanswered(draft));
    }

    /** Goes on where the team left off. */
    @GET
    @Path("next")
    public Response goOn(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return drafts.find(actor, id, environment)
                .map(draft -> Journey.to(draft, JourneyStep.unanswered(draft)))
                .orElseGet(() -> Redirect.to("/applications/" + id));
    }

    @GET
    @Path("{step}")
    public Response ask(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var draft = drafts.begun(actor, id, environment);
        if (draft.isEmpty()) {
            // Discarded meanwhile: the application's page shows how it stands.
            return Redirect.to("/applications/" + id);
        }
        var found = journey.opened(draft.get(), step, from);
        var page = journey.question(draft.get(), step, from, found);
        return Response.ok(page(again(page, refused))).build();
    }

    @POST
    @Path("{step}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from,
            MultivaluedMap<String, String> fields) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var form = new JourneyForm(fields);
        var draft = drafts.save(actor, id, environment, step.path(), candidate -> form.onto(step, candidate));
        Refusal.Rejected.ifBlocking(step.on(journey.judge(draft)));
        return Journey.to(draft, next(step, draft.candidate(), from));
    }

    /** The page as it is; where its form was refused, with what was typed, and why. */
    public static QuestionPage again(QuestionPage page, RefusedForm refused) {
        return refused.sentTo("/" + page.step().path())
                ? refused.refusal()
                        .map(refusal -> page.refused(new JourneyForm(refused.fields()), refusal))
                        .orElse(page)
                : page;
    }

    /** To "check your answers" where the person came from there or from the registration, unless the answer raises a new question. */
    public static String next(JourneyStep step, Candidate candidate, String from) {
        var next = step.next(candidate);
        var asksForKeys = step == JourneyStep.AUTHENTICATION
                && next.filter(JourneyStep.KEYS::equals).isPresent();
        if (next.isEmpty() || !from.isEmpty() && !asksForKeys) {
            return CHECK;
        }
        return next.get().path() + (from.isEmpty() ? "" : "?from=" + encoded(from));
    }

    public static TemplateInstance page(QuestionPage page) {
        return switch (page.step()) {
            case CLIENT_NAME -> Templates.clientName(page);
            case REDIRECT_URIS -> Templates.redirectUris(page);
            case AUTHENTICATION -> Templates.authentication(page);
            case KEYS -> Templates.keys(page);
            case USERINFO -> Templates.userinfo(page);
            case LOGOUT -> Templates.logout(page);
        };
    }
}

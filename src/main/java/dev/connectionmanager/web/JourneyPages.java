package dev.connectionmanager.web;

import static dev.connectionmanager.web.Words.encoded;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.wording.Problem;
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

/** The question pages of a registration. Each keeps what was typed in the team's draft; none of them issues anything. */
@Path("/applications/{application_id}/registrations/{environment}/draft")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class JourneyPages {
    /** The page after the last question. */
    static final String CHECK = "check";

    private final Journey journey;
    private final Drafts drafts;
    private final CurrentActor actor;

    JourneyPages(Journey journey, Drafts drafts, CurrentActor actor) {
        this.journey = journey;
        this.drafts = drafts;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "journey")
    static class Templates {
        static native TemplateInstance clientName(Question page);

        static native TemplateInstance redirectUris(Question page, boolean another);

        static native TemplateInstance removeRedirectUri(Question page, String uri);

        static native TemplateInstance authentication(Question page);

        static native TemplateInstance keys(Question page);

        static native TemplateInstance userinfo(Question page);

        static native TemplateInstance logout(Question page);
    }

    /** Begins, or goes on with the draft there is; {@code from} names an environment to carry values over from. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response start(
            @PathParam("application_id") String id,
            @PathParam("environment") String environment,
            MultivaluedMap<String, String> fields) {
        var from = fields.getFirst("from");
        Draft draft;
        try {
            draft = from == null
                    ? drafts.start(actor.get(), Ids.uuid(id), environment)
                    : drafts.carryOver(actor.get(), Ids.uuid(id), from, environment);
        } catch (Refusal.Conflict there) {
            // A colleague was faster: the application's page shows what is there to go on with.
            return Redirect.to("/applications/" + Ids.uuid(id));
        }
        return Journey.to(draft, draft.candidate().redirectUris() == null ? JourneyStep.CLIENT_NAME.path() : "check");
    }

    @GET
    @Path("{step}")
    public Response ask(
            @PathParam("application_id") String id,
            @PathParam("environment") String environment,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("another") String another) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var draft = drafts.find(actor.get(), Ids.uuid(id), environment);
        if (draft.isEmpty()) {
            // Registered or discarded meanwhile: the application's page shows how it stands.
            return Redirect.to("/applications/" + Ids.uuid(id));
        }
        var found = journey.opened(draft.get(), step, from);
        return Response.ok(page(journey.question(Ids.uuid(id), environment, step, from, found), another != null))
                .build();
    }

    @POST
    @Path("{step}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @PathParam("application_id") String id,
            @PathParam("environment") String environment,
            @PathParam("step") String path,
            @QueryParam("from") @DefaultValue("") String from,
            MultivaluedMap<String, String> fields) {
        var step = JourneyStep.of(path).orElseThrow(Refusal.NotFound::new);
        var form = new JourneyForm(fields);
        Draft draft;
        try {
            draft = drafts.save(actor.get(), Ids.uuid(id), environment, candidate -> form.onto(step, candidate));
        } catch (Refusal.Rejected | Refusal.Stale refusal) {
            return refused(journey.question(Ids.uuid(id), environment, step, from, Violations.NONE), form, refusal);
        }
        if (form.pressed("remove")) {
            return Journey.to(draft, removal(form, from));
        }
        var found = step.on(journey.judge(draft));
        if (found.block()) {
            return Response.status(422)
                    .entity(page(journey.question(Ids.uuid(id), environment, step, from, found), false))
                    .build();
        }
        return Journey.to(draft, form.pressed("another") ? another(step, from) : next(step, draft.candidate(), from));
    }

    /** The page once more with what was typed, which was not kept. */
    static Response refused(Question page, JourneyForm form, Refusal refusal) {
        return Response.status(Problem.status(refusal))
                .entity(page(page.refused(form, refusal), false))
                .build();
    }

    @GET
    @Path("redirect-uris/removal")
    public Response confirmRemoval(
            @PathParam("application_id") String id,
            @PathParam("environment") String environment,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("uri") @DefaultValue("") String uri) {
        return confirmRemoval(
                journey.question(Ids.uuid(id), environment, JourneyStep.REDIRECT_URIS, from, Violations.NONE), uri);
    }

    /** Back to the question where it has gone already. */
    static Response confirmRemoval(Question page, String uri) {
        return page.holdsRedirectUri(uri)
                ? Response.ok(Templates.removeRedirectUri(page, uri)).build()
                : Redirect.to(page.action());
    }

    static String removal(JourneyForm form, String from) {
        return form.removed()
                .map(uri -> "redirect-uris/removal?uri=" + encoded(uri) + "&from=" + encoded(from))
                .orElse(JourneyStep.REDIRECT_URIS.path() + "?from=" + encoded(from));
    }

    @POST
    @Path("redirect-uris/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response remove(
            @PathParam("application_id") String id,
            @PathParam("environment") String environment,
            @QueryParam("from") @DefaultValue("") String from,
            MultivaluedMap<String, String> fields) {
        var uri = fields.getFirst("uri");
        var draft = drafts.save(actor.get(), Ids.uuid(id), environment, candidate -> candidate.withoutRedirectUri(uri));
        return Journey.to(draft, JourneyStep.REDIRECT_URIS.path() + "?from=" + encoded(from));
    }

    static String another(JourneyStep step, String from) {
        return step.path() + "?another=1&from=" + encoded(from);
    }

    /** Back to "check your answers" where the person came from there, unless the answer raises a new question. */
    static String next(JourneyStep step, Candidate candidate, String from) {
        var next = step.next(candidate);
        var asksForKeys = step == JourneyStep.AUTHENTICATION
                && next.filter(JourneyStep.KEYS::equals).isPresent();
        if (next.isEmpty() || from.equals("check") && !asksForKeys) {
            return CHECK;
        }
        return next.get().path() + (from.isEmpty() ? "" : "?from=" + encoded(from));
    }

    static TemplateInstance page(Question page, boolean another) {
        return switch (page.step()) {
            case CLIENT_NAME -> Templates.clientName(page);
            case REDIRECT_URIS -> Templates.redirectUris(page, another);
            case AUTHENTICATION -> Templates.authentication(page);
            case KEYS -> Templates.keys(page);
            case USERINFO -> Templates.userinfo(page);
            case LOGOUT -> Templates.logout(page);
        };
    }
}

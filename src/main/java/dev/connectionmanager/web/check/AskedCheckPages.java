package dev.connectionmanager.web.check;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.check.AskedCheck;
import dev.connectionmanager.registration.check.AskedChecks;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** How far a live check is that takes long. The page is loaded again by whoever reads it, or by its script; never by itself. */
@Path("/applications/{application_id}/live-checks/{asked_check_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class AskedCheckPages {
    private final AskedChecks checks;
    private final Actor actor;

    AskedCheckPages(AskedChecks checks, Actor actor) {
        this.checks = checks;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "askedChecks")
    static class Templates {
        static native TemplateInstance underWay(UnderWay view);

        static native TemplateInstance refused(String sentence, String page);
    }

    @GET
    public Response one(@PathParam("application_id") UUID applicationId, @PathParam("asked_check_id") UUID id) {
        var found = checks.find(actor, applicationId, id);
        if (found.isEmpty()) {
            // Kept for a day: the result is on the page of what was checked.
            return Redirect.to("/applications/" + applicationId);
        }
        var asked = found.get();
        if (!asked.ended()) {
            return Response.ok(Templates.underWay(new UnderWay(asked))).build();
        }
        return asked.refusal()
                .map(refusal -> Response.ok(Templates.refused(said(refusal), withoutResult(asked)))
                        .build())
                .orElseGet(() -> Redirect.to(asked.page()));
    }

    private static String said(Refusal refusal) {
        return refusal instanceof Refusal.NotFound
                ? "What was to be checked is not there any more. Perhaps somebody has registered or discarded it meanwhile."
                : RefusedForm.said(refusal);
    }

    /** Nothing was done that its page could tell of; what was typed there is still kept. */
    private static String withoutResult(AskedCheck asked) {
        return asked.page().replace("done=checked&", "").replaceFirst("[?&]done=checked", "");
    }

    /** A check that has not ended. */
    record UnderWay(AskedCheck asked) {
        public String address() {
            return AskedCheckAnswers.page(asked);
        }

        public List<Step> steps() {
            return asked.opened().stream()
                    .map(member -> new Step(Labels.endpointName(member), asked.checked(member)))
                    .toList();
        }
    }

    /** One endpoint. */
    record Step(String endpoint, boolean ended) {}
}

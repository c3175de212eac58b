package dev.connectionmanager.web.application;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.application.Handover;
import dev.connectionmanager.application.HandoverCandidate;
import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.registration.keyset.KeySetUse;
import dev.connectionmanager.registration.keyset.KeySetUses;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Offering an application to another team, and withdrawing the offer. */
@Path("/applications/{application_id}/handover")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class OutgoingHandoverPages {
    private final Handovers handovers;
    private final Applications applications;
    private final KeySetUses keySets;
    private final Actor actor;
    private final RefusedForm refused;

    OutgoingHandoverPages(
            Handovers handovers, Applications applications, KeySetUses keySets, Actor actor, RefusedForm refused) {
        this.handovers = handovers;
        this.applications = applications;
        this.keySets = keySets;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "handovers")
    static class Templates {
        static native TemplateInstance offer(
                Application application, List<KeySetUse> mustChange, String typed, FormErrors errors);

        static native TemplateInstance open(Application application, Handover offer, String done);
    }

    @GET
    public TemplateInstance one(@PathParam("application_id") UUID id, @QueryParam("done") String done) {
        var application = mine(id);
        return handovers
                .open(actor, application.id())
                .map(offer -> Templates.open(
                        application, offer, "offered".equals(done) ? "The application is offered" : null))
                .orElseGet(() -> Templates.offer(
                        application,
                        keySets.ofApplication(application.id()),
                        refused.text("team_id", ""),
                        refused.errors("team_id")));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response offer(@PathParam("application_id") UUID id, @FormParam("team_id") String typed) {
        var application = mine(id);
        var teamId = Objects.requireNonNullElse(typed, "");
        handovers.offer(actor, application.id(), Parsed.typed(new HandoverCandidate(teamId)));
        return Redirect.to("/applications/" + application.id() + "/handover?done=offered");
    }

    @POST
    @Path("withdrawal")
    @FormPage("/applications/{application_id}/handover")
    public Response withdraw(@PathParam("application_id") UUID id) {
        var application = mine(id);
        // It may have been withdrawn or answered before: the application's page says which.
        var open = handovers.open(actor, application.id()).isPresent();
        if (open) {
            handovers.withdraw(actor, application.id());
        }
        var withdrawn = open
                || handovers
                        .latest(actor, application.id())
                        .filter(Handover::withdrawn)
                        .isPresent();
        return Redirect.to("/applications/" + application.id() + (withdrawn ? "?done=offer-withdrawn" : ""));
    }

    private Application mine(UUID id) {
        return handovers.applicationToOffer(actor, id);
    }
}

package dev.connectionmanager.web;

import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Position;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.AttestationStatus;
import dev.connectionmanager.registration.Attestations;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** For operators: the teams whose owners have not confirmed members and contacts in time. */
@Path("/review/attestations")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class OverdueAttestationPages {
    private static final int PAGE = 20;

    private final Attestations attestations;
    private final CurrentActor actor;

    OverdueAttestationPages(Attestations attestations, CurrentActor actor) {
        this.attestations = attestations;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "attestations")
    static class Templates {
        static native TemplateInstance overdue(Page<AttestationStatus> overdue);
    }

    @GET
    public TemplateInstance overdue(@QueryParam("cursor") String cursor) {
        return Templates.overdue(attestations.overdue(actor.get(), position(cursor), PAGE));
    }

    private static Position position(String cursor) {
        try {
            return Position.parseTimed(cursor);
        } catch (IllegalArgumentException e) {
            // An address that somebody has cut off: there is no such page.
            throw new Refusal.NotFound();
        }
    }
}

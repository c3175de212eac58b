package dev.connectionmanager.web.review;

import dev.connectionmanager.application.AttestationStatus;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** For operators: the teams whose owners have not confirmed members and contacts in time. */
@Path("/review/attestations")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class OverdueAttestationPages {
    private static final int PAGE = 20;

    private final Attestations attestations;
    private final Actor actor;

    OverdueAttestationPages(Attestations attestations, Actor actor) {
        this.attestations = attestations;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "attestations")
    static class Templates {
        static native TemplateInstance overdue(Page<AttestationStatus> overdue, String total);
    }

    @GET
    public TemplateInstance overdue(@QueryParam("cursor") String cursor) {
        return Templates.overdue(
                attestations.overdue(actor, Cursors.position(cursor, Cursor::parseTimed), PAGE),
                Totals.said(attestations.overdue(actor)));
    }
}

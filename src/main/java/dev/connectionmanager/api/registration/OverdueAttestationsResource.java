package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.team.AttestationsResource;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/api/v1/overdue-attestations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class OverdueAttestationsResource {
    private final Attestations attestations;
    private final Actor actor;

    OverdueAttestationsResource(Attestations attestations, Actor actor) {
        this.attestations = attestations;
        this.actor = actor;
    }

    @GET
    public ItemList<AttestationsResource.StatusView> overdue(@BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(),
                (after, most) -> attestations.overdue(actor, after, most),
                AttestationsResource.StatusView::of,
                () -> attestations.overdue(actor));
    }
}

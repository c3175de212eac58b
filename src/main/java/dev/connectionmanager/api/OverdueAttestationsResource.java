package dev.connectionmanager.api;

import dev.connectionmanager.registration.Attestations;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/overdue-attestations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Attestation")
class OverdueAttestationsResource {
    private final Attestations attestations;
    private final CurrentActor actor;

    OverdueAttestationsResource(Attestations attestations, CurrentActor actor) {
        this.attestations = attestations;
        this.actor = actor;
    }

    @GET
    @Operation(summary = "The teams whose attestation is overdue, the longest first (operators)")
    public ItemList<AttestationsResource.StatusView> overdue(@BeanParam PageQuery page) {
        page.allow();
        return ItemList.of(
                attestations.overdue(actor.get(), page.timedPosition(), page.limit()),
                AttestationsResource.StatusView::of);
    }
}

package dev.connectionmanager.api.team;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.AttestationStatus;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/teams/{team_id}/attestation")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Attestation")
@RequestScoped
public class AttestationsResource {
    private final Attestations attestations;
    private final Actor actor;

    AttestationsResource(Attestations attestations, Actor actor) {
        this.attestations = attestations;
        this.actor = actor;
    }

    @GET
    @Operation(
            summary = "The members and contacts that an owner confirms every 6 months, and when that is due",
            description = "Its ETag moves with members, roles, applications and contacts.")
    public Response one(@PathParam("team_id") UUID team) {
        var statement = attestations.statement(actor, team);
        return Tagged.of(Response.ok(view(team, statement)), statement.tag()).build();
    }

    @POST
    @IdempotencyKeyed
    @Parameter(ref = IdempotencyKeyed.PARAMETER)
    @Operation(
            summary = "Confirm members and contacts as you have read them (owners)",
            description = "Needs If-Match: 412 when they are others by now.")
    public Response attest(
            @PathParam("team_id") UUID team,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @Context HttpHeaders headers,
            @RequestBody(content = @Content(schema = @Schema(implementation = JsonBody.Empty.class))) byte[] body) {
        JsonBody.refuseMembers(headers, body);
        var id = team;
        attestations.attest(actor, id, new Precondition(ifMatch, ifNoneMatch));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/teams/" + id + "/attestation")
                .entity(view(id, attestations.statement(actor, id)))
                .build();
    }

    private AttestationView view(UUID team, Attestations.Statement statement) {
        return new AttestationView(
                StatusView.of(attestations.status(actor, team)),
                statement.members().stream().map(MembersResource.MemberView::of).toList(),
                statement.applications().stream().map(ContactsView::of).toList());
    }

    @Schema(name = "Attestation")
    record AttestationView(
            StatusView status, List<MembersResource.MemberView> members, List<ContactsView> applications) {}

    @Schema(name = "AttestationStatus")
    public record StatusView(
            UUID teamId,
            String teamName,

            @Schema(description = "Absent where no owner ever did")
            Instant attestedAt,

            String attestedBy,
            Instant dueAt) {
        public static StatusView of(AttestationStatus status) {
            return new StatusView(
                    status.teamId(), status.name(), status.attestedAt(), status.attestedBy(), status.dueAt());
        }
    }

    /** An application, and whom the portal writes to about it. */
    @Schema(name = "Contacts")
    record ContactsView(UUID applicationId, String name, List<String> contacts) {
        static ContactsView of(Application application) {
            return new ContactsView(
                    application.id(),
                    application.details().name(),
                    application.details().contacts());
        }
    }
}

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

@Path("/api/v1/teams/{team_id}/attestation")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
public class AttestationsResource {
    private final Attestations attestations;
    private final Actor actor;

    AttestationsResource(Attestations attestations, Actor actor) {
        this.attestations = attestations;
        this.actor = actor;
    }

    @GET
    public Response one(@PathParam("team_id") UUID team, @HeaderParam("If-None-Match") String ifNoneMatch) {
        var statement = attestations.statement(actor, team);
        return Tagged.read(ifNoneMatch, statement.tag(), AttestationView.of(statement));
    }

    @POST
    @IdempotencyKeyed
    public Response attest(
            @PathParam("team_id") UUID team,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        var id = team;
        attestations.attest(actor, id, new Precondition(ifMatch, ifNoneMatch));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/teams/" + id + "/attestation")
                .entity(AttestationView.of(attestations.statement(actor, id)))
                .build();
    }

    record AttestationView(
            StatusView status, List<MembersResource.MemberView> members, List<ContactsView> applications) {
        static AttestationView of(Attestations.Statement statement) {
            return new AttestationView(
                    StatusView.of(statement.status()),
                    statement.members().stream()
                            .map(MembersResource.MemberView::of)
                            .toList(),
                    statement.applications().stream().map(ContactsView::of).toList());
        }
    }

    public record StatusView(UUID teamId, String teamName, Instant attestedAt, String attestedBy, Instant dueAt) {

        public static StatusView of(AttestationStatus status) {
            return new StatusView(
                    status.teamId(), status.name(), status.attestedAt(), status.attestedBy(), status.dueAt());
        }
    }

    /** An application, and whom the portal writes to about it. */
    record ContactsView(UUID applicationId, String applicationName, List<String> contacts) {
        static ContactsView of(Application application) {
            return new ContactsView(
                    application.id(),
                    application.details().name(),
                    application.details().contacts());
        }
    }
}

package dev.connectionmanager.api.team;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.Flag;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Invitations;
import dev.connectionmanager.team.Member;
import dev.connectionmanager.team.Members;
import dev.connectionmanager.team.rules.MemberCandidate;
import dev.connectionmanager.team.rules.OwnerNaming;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.UUID;

@Path("/api/v1/teams/{team_id}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class MembersResource {
    private static final Set<String> READ_ONLY = Set.of("id", "state", "name");

    private final Members members;
    private final Invitations invitations;
    private final Actor actor;

    MembersResource(Members members, Invitations invitations, Actor actor) {
        this.members = members;
        this.invitations = invitations;
        this.actor = actor;
    }

    @GET
    @Path("members")
    public ItemList<MemberView> list(@PathParam("team_id") UUID teamId, @BeanParam PageQuery page) {
        return page.list(page.position(), (after, most) -> members.page(actor, teamId, after, most), MemberView::of);
    }

    @POST
    @IdempotencyKeyed
    @Path("members")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response invite(@PathParam("team_id") UUID teamId, byte[] body) {
        var team = teamId;
        var invited = new JsonMembers(JsonBody.object(body)).readOnly(READ_ONLY).parse(MemberCandidate.class);
        return created(team, members.invite(actor, team, invited));
    }

    @GET
    @Path("members/{member_id}")
    public MemberView one(@PathParam("team_id") UUID teamId, @PathParam("member_id") UUID id) {
        return MemberView.of(members.find(actor, teamId, id));
    }

    @PATCH
    @Path("members/{member_id}")
    @Consumes({JsonBody.MERGE_PATCH, MediaType.APPLICATION_JSON})
    public MemberView change(
            @PathParam("team_id") UUID teamId,
            @PathParam("member_id") UUID id,
            @QueryParam("revoke_credentials") String revoke,
            byte[] body) {
        var team = teamId;
        var patch = JsonBody.object(body);
        return MemberView.of(members.change(
                actor,
                team,
                id,
                current -> JsonBody.patched(new NewRole(current.role().code()), patch, readOnly(current))
                        .map(change -> new MemberCandidate(current.email(), change.role())),
                null,
                revoking(revoke)));
    }

    @DELETE
    @Path("members/{member_id}")
    public Response remove(
            @PathParam("team_id") UUID teamId,
            @PathParam("member_id") UUID id,
            @QueryParam("revoke_credentials") String revoke) {
        members.remove(actor, teamId, id, revoking(revoke));
        return Response.noContent().build();
    }

    @GET
    @Path("members/{member_id}/api-credentials")
    public ItemList<CredentialView> credentials(
            @PathParam("team_id") UUID teamId, @PathParam("member_id") UUID id, @BeanParam PageQuery page) {
        return page.list(
                members.credentialsOf(actor, teamId, id),
                one -> one.id().toString(),
                one -> new CredentialView(one.id(), one.name()));
    }

    private static boolean revoking(String sent) {
        return Flag.read("revoke_credentials", sent);
    }

    @POST
    @Path("members/{member_id}/invitation")
    public MemberView resend(
            @PathParam("team_id") UUID teamId,
            @PathParam("member_id") UUID id,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return MemberView.of(invitations.resend(actor, teamId, id));
    }

    @POST
    @IdempotencyKeyed
    @Path("owners")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response nameOwner(@PathParam("team_id") UUID teamId, byte[] body) {
        var team = teamId;
        return created(team, members.nameOwner(actor, team, JsonBody.parse(body, OwnerNaming.class)));
    }

    /** What only the portal sets, as the API shows it; the address too, once there is a member. */
    private static ObjectNode readOnly(Member member) {
        var json = JsonNodeFactory.instance.objectNode();
        READ_ONLY.forEach(json::putNull);
        json.put("id", member.id().toString()).put("state", member.state()).put("email", member.email());
        member.name().ifPresent(name -> json.put("name", name));
        return json;
    }

    private static Response created(UUID team, Member member) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/teams/" + team + "/members/" + member.id())
                .entity(MemberView.of(member))
                .build();
    }

    record CredentialView(UUID id, String name) {}

    /** What a change may change. */
    record NewRole(String role) {}

    record MemberView(UUID id, String email, String role, String state, String name) {
        static MemberView of(Member member) {
            return new MemberView(
                    member.id(),
                    member.email(),
                    member.role().code(),
                    member.state(),
                    member.name().orElse(null));
        }
    }
}

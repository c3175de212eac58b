package dev.connectionmanager.web.team;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Invitations;
import dev.connectionmanager.team.MadeCredentials;
import dev.connectionmanager.team.Member;
import dev.connectionmanager.team.Members;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.MemberCandidate;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.Radios;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The members of a team: seen by all of them, changed by its owners. */
@Path("/teams/{team_id}/members")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class MemberPages {
    private static final int PAGE = 50;

    private final Teams teams;
    private final Members members;
    private final Invitations invitations;
    private final Actor actor;
    private final RefusedForm refused;
    private final Cursors cursors;
    private final Clock clock;

    MemberPages(
            Teams teams,
            Members members,
            Invitations invitations,
            Actor actor,
            RefusedForm refused,
            Cursors cursors,
            Clock clock) {
        this.teams = teams;
        this.members = members;
        this.invitations = invitations;
        this.actor = actor;
        this.refused = refused;
        this.cursors = cursors;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "members")
    static class Templates {
        static native TemplateInstance members(MembersView view);

        static native TemplateInstance invite(Team team, String email, RoleChoice role, FormErrors errors);

        static native TemplateInstance role(
                Team team, Member member, boolean own, Credentials made, RoleChoice role, FormErrors errors);

        static native TemplateInstance removal(
                Team team, Member member, boolean leaving, Credentials made, FormErrors errors);

        static native TemplateInstance invitation(Team team, Member member, long days);
    }

    @GET
    public TemplateInstance list(
            @PathParam("team_id") UUID teamId, @QueryParam("cursor") String cursor, @QueryParam("done") String done) {
        var team = teams.find(actor, teamId);
        var list = "members of " + team.id();
        var position = cursors.opened(cursor, list, Cursor::parse);
        return Templates.members(new MembersView(
                team,
                cursors.sealed(members.page(actor, team.id(), position, PAGE), list),
                actor,
                members.owners(actor, team.id()),
                members.mayNameOwner(actor, team.id()),
                clock.instant(),
                done(done)));
    }

    @GET
    @Path("new")
    public TemplateInstance invite(@PathParam("team_id") UUID teamId) {
        var errors = refused.errors("email");
        return Templates.invite(
                owned(teamId), refused.text("email", ""), new RoleChoice(refused.text("role", ""), errors), errors);
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response invite(
            @PathParam("team_id") UUID teamId,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("role") @DefaultValue("") String role) {
        var team = owned(teamId);
        members.invite(actor, team.id(), Parsed.typed(new MemberCandidate(email, role)));
        return back(team, "invited");
    }

    @GET
    @Path("{member_id}/role")
    public TemplateInstance changeRole(@PathParam("team_id") UUID teamId, @PathParam("member_id") UUID id) {
        var team = owned(teamId);
        var member = members.find(actor, team.id(), id);
        var errors = refused.errors("role");
        var chosen = new RoleChoice(refused.text("role", member.role().code()), errors);
        return Templates.role(team, member, member.isPlaceOf(actor), made(team, id), chosen, errors);
    }

    @POST
    @Path("{member_id}/role")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changeRole(
            @PathParam("team_id") UUID teamId,
            @PathParam("member_id") UUID id,
            @FormParam("tag") @DefaultValue("") String tag,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("revoke_credentials") String revoke) {
        var team = owned(teamId);
        members.change(
                actor,
                team.id(),
                id,
                member -> Parsed.typed(new MemberCandidate(member.email(), role)),
                tag,
                revoke != null);
        return back(team, "role");
    }

    @GET
    @Path("{member_id}/removal")
    public TemplateInstance remove(@PathParam("team_id") UUID teamId, @PathParam("member_id") UUID id) {
        var team = teams.find(actor, teamId);
        var member = members.findToRemove(actor, team.id(), id);
        return Templates.removal(team, member, member.isPlaceOf(actor), made(team, id), refused.errors("maincontent"));
    }

    @POST
    @Path("{member_id}/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response confirmRemoval(
            @PathParam("team_id") UUID teamId,
            @PathParam("member_id") UUID id,
            @FormParam("revoke_credentials") String revoke) {
        var team = teams.find(actor, teamId);
        if (!members.has(actor, team.id(), id)) {
            // Another owner was faster: what was wanted is so.
            return back(team, "removed");
        }
        var member = members.findToRemove(actor, team.id(), id);
        var leaving = member.isPlaceOf(actor);
        members.remove(actor, team.id(), id, revoke != null);
        return leaving ? Redirect.to("/teams?done=left") : back(team, member.joined() ? "removed" : "withdrawn");
    }

    @GET
    @Path("{member_id}/invitation")
    public TemplateInstance resend(@PathParam("team_id") UUID teamId, @PathParam("member_id") UUID id) {
        var team = owned(teamId);
        return Templates.invitation(team, members.find(actor, team.id(), id), Invitations.LIFETIME.toDays());
    }

    @POST
    @Path("{member_id}/invitation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response confirmResending(@PathParam("team_id") UUID teamId, @PathParam("member_id") UUID id) {
        var team = owned(teamId);
        invitations.resend(actor, team.id(), id);
        return back(team, "resent");
    }

    private Credentials made(Team team, UUID member) {
        return new Credentials(
                members.credentialsOf(actor, team.id(), member), refused.text("revoke_credentials", null) != null);
    }

    private Team owned(UUID teamId) {
        return members.teamToManage(actor, teamId);
    }

    private static Response back(Team team, String done) {
        return Redirect.to("/teams/" + team.id() + "/members?done=" + done);
    }

    /** What was just done, in words; {@code null} for anything that we did not send. */
    private static String done(String code) {
        return switch (code == null ? "" : code) {
            case "access" -> "The team has access and its first owner is invited";
            case "invited" -> "Invitation sent";
            case "resent" -> "Invitation sent again";
            case "withdrawn" -> "Invitation withdrawn";
            case "role" -> "Role changed";
            case "removed" -> "Member removed";
            case "owner" -> "Owner named";
            default -> null;
        };
    }

    /**
     * @param mayNameOwner whether this person may name an owner in place of those who are gone
     * @param done what was just done, in words; {@code null} = nothing
     */
    record MembersView(
            Team team, Page<Member> members, Actor actor, long owners, boolean mayNameOwner, Instant now, String done) {
        public boolean mayChange() {
            return actor.is(Role.OWNER, team.id());
        }

        public boolean needsSecondOwner() {
            return mayChange() && owners == 1;
        }

        /** Whether the link of its invitation has stopped working. */
        public boolean expired(Member member) {
            return member.invitationExpiresAt().filter(now::isAfter).isPresent();
        }

        public boolean own(Member member) {
            return member.isPlaceOf(actor);
        }

        public boolean acts() {
            return mayChange() || members.items().stream().anyMatch(this::own);
        }
    }

    /**
     * The API credentials that a member has made.
     *
     * @param revoking whether it was chosen to revoke them
     */
    record Credentials(List<MadeCredentials.Made> all, boolean revoking) {}

    /** The radios of the three roles. */
    record RoleChoice(String chosen, FormErrors errors) {
        public Role[] all() {
            return Role.values();
        }

        public boolean has(Role role) {
            return role.code().equals(chosen);
        }

        public String id(int index) {
            return Radios.id("role", index);
        }
    }
}

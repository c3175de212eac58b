package dev.connectionmanager.web.team;

import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Members;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.OwnerNaming;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.team.rules.TeamSettings;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.form.TeamForm;
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
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What a team is called and may register; and, for operators, naming an owner where all are gone. */
@Path("/teams/{team_id}")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class TeamSettingsPages {
    private final Teams teams;
    private final Members members;
    private final Actor actor;
    private final RefusedForm refused;

    TeamSettingsPages(Teams teams, Members members, Actor actor, RefusedForm refused) {
        this.teams = teams;
        this.members = members;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "teams")
    static class Templates {
        static native TemplateInstance settings(SettingsView view);

        static native TemplateInstance owner(Team team, OwnerNaming typed, FormErrors errors);
    }

    @GET
    @Path("settings")
    public TemplateInstance settings(@PathParam("team_id") UUID id, @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        var owner = actor.is(Role.OWNER, team.id());
        return Templates.settings(new SettingsView(
                team,
                refused.present() ? typed(team, refused.fields()) : team.settings(),
                refused.errors(owner ? "name" : "categories"),
                owner,
                actor.operator(),
                "saved".equals(done) ? "Settings saved" : null,
                refused.is(Refusal.Stale.class)));
    }

    @POST
    @Path("settings")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @PathParam("team_id") UUID id, @FormParam("tag") String tag, MultivaluedMap<String, String> fields) {
        var team = teams.find(actor, id);
        var typed = typed(team, fields);
        teams.change(actor, team.id(), current -> Parsed.typed(typed), Precondition.matching(tag));
        return Redirect.to("/teams/" + team.id() + "/settings?done=saved");
    }

    @GET
    @Path("owners/new")
    public TemplateInstance nameOwner(@PathParam("team_id") UUID id) {
        var team = teams.find(actor, id);
        actor.asOperator();
        return Templates.owner(
                team, new OwnerNaming(refused.text("email", ""), refused.text("reason", "")), refused.errors("email"));
    }

    @POST
    @Path("owners/new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response nameOwner(
            @PathParam("team_id") UUID id,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("reason") @DefaultValue("") String reason) {
        var team = teams.find(actor, id);
        members.nameOwner(actor, team.id(), Parsed.typed(new OwnerNaming(email, reason)));
        return Redirect.to("/teams/" + team.id() + "/members?done=owner");
    }

    /** Boxes that are not this person's to change are not in the form: what they say stays as it is. */
    private TeamSettings typed(Team team, MultivaluedMap<String, String> fields) {
        var now = team.settings();
        return new TeamSettings(
                Objects.requireNonNullElse(fields.getFirst("name"), now.name()),
                fields.containsKey("categories_shown")
                        ? Objects.requireNonNullElse(fields.get("categories"), List.of())
                        : now.categories());
    }

    /**
     * @param mayName whether this person may change the name
     * @param mayAllow whether this person may change the categories
     * @param done what was just done, in words; {@code null} = nothing
     * @param stale whether somebody else has changed them since the page was opened
     */
    record SettingsView(
            Team team,
            TeamSettings typed,
            FormErrors errors,
            boolean mayName,
            boolean mayAllow,
            String done,
            boolean stale) {
        public TeamForm.CategoryChoice categoryChoice() {
            return new TeamForm.CategoryChoice(typed.categories(), errors);
        }
    }
}

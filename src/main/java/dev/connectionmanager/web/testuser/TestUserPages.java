package dev.connectionmanager.web.testuser;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testuser.TestUser;
import dev.connectionmanager.testuser.TestUserCandidate;
import dev.connectionmanager.testuser.TestUserRequest;
import dev.connectionmanager.testuser.TestUserRequests;
import dev.connectionmanager.testuser.TestUsers;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
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
import java.util.UUID;

/** A team's test users. */
@Path("/teams/{team_id}/test-users")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class TestUserPages {
    private static final int REQUESTS = 20;

    private final TestUsers users;
    private final TestUserRequests requests;
    private final Teams teams;
    private final Environments environments;
    private final RefusedForm refused;
    private final Actor actor;

    TestUserPages(
            TestUsers users,
            TestUserRequests requests,
            Teams teams,
            Environments environments,
            RefusedForm refused,
            Actor actor) {
        this.users = users;
        this.requests = requests;
        this.teams = teams;
        this.environments = environments;
        this.refused = refused;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "testUsers")
    static class Templates {
        static native TemplateInstance all(ListView view, String done);

        static native TemplateInstance form(TestUserForm form);

        static native TemplateInstance removal(Team team, TestUser user);
    }

    @GET
    public TemplateInstance all(@PathParam("team_id") UUID id, @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        var there = users.all(actor, id);
        var groups = EnvironmentChoice.all(environments).stream()
                .map(environment -> new Group(
                        environment,
                        there.stream()
                                .filter(user -> user.asCandidate().environment().equals(environment.id()))
                                .toList()))
                .filter(group -> !group.users().isEmpty())
                .toList();
        return Templates.all(
                new ListView(
                        team, groups, requests.page(actor, id, null, REQUESTS).items(), actor.is(Role.ADMIN, id)),
                SuccessMessages.said(done));
    }

    @GET
    @Path("new")
    public TemplateInstance ask(@PathParam("team_id") UUID id) {
        return Templates.form(form(users.teamToChange(actor, id), null));
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(@PathParam("team_id") UUID id, MultivaluedMap<String, String> fields) {
        var kept = users.add(actor, id, Parsed.typed(TestUserForm.typed(fields)));
        return done(id, kept, "test-user-added");
    }

    @GET
    @Path("{test_user_id}")
    public TemplateInstance one(@PathParam("team_id") UUID id, @PathParam("test_user_id") UUID user) {
        return Templates.form(form(users.teamToChange(actor, id), users.find(actor, id, user)));
    }

    @POST
    @Path("{test_user_id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @PathParam("team_id") UUID id,
            @PathParam("test_user_id") UUID user,
            MultivaluedMap<String, String> fields) {
        var typed = TestUserForm.typed(fields);
        return done(id, users.change(actor, id, user, there -> Parsed.typed(typed)), "test-user-saved");
    }

    @GET
    @Path("{test_user_id}/removal")
    public TemplateInstance confirmRemoval(@PathParam("team_id") UUID id, @PathParam("test_user_id") UUID user) {
        return Templates.removal(users.teamToChange(actor, id), users.find(actor, id, user));
    }

    @POST
    @Path("{test_user_id}/removal")
    public Response remove(@PathParam("team_id") UUID id, @PathParam("test_user_id") UUID user) {
        users.teamToChange(actor, id);
        // Removed by somebody else since the page was opened: it is what was wanted.
        if (users.all(actor, id).stream().anyMatch(there -> there.id().equals(user))) {
            users.remove(actor, id, user);
        }
        return Redirect.to("/teams/" + id + "/test-users?done=test-user-removed");
    }

    private static Response done(UUID team, TestUsers.Kept kept, String what) {
        var odd = kept.warnings().all().isEmpty() ? "" : "-oddly";
        return Redirect.to("/teams/" + team + "/test-users?done=" + what + odd);
    }

    private TestUserForm form(Team team, TestUser user) {
        var typed = refused.present()
                ? TestUserForm.typed(refused.fields())
                : user == null ? new TestUserCandidate(null, null, List.of(), null, List.of()) : user.asCandidate();
        return new TestUserForm(
                team,
                user,
                typed,
                EnvironmentChoice.all(environments),
                refused.errors("uuid").inLines());
    }

    /** Test users of one environment. */
    record Group(EnvironmentChoice environment, List<TestUser> users) {}

    /** @param groups of the environments that the team has test users in */
    record ListView(Team team, List<Group> groups, List<TestUserRequest> requests, boolean mayChange) {}
}

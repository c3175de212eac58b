package dev.connectionmanager.web.testuser;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testuser.TestUserRequest;
import dev.connectionmanager.testuser.TestUserRequestCandidate;
import dev.connectionmanager.testuser.TestUserRequests;
import dev.connectionmanager.testuser.TestUsers;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.Radios;
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

/** A team's requests for new test users. */
@Path("/teams/{team_id}/test-user-requests")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class TestUserRequestPages {
    private final TestUserRequests requests;
    private final TestUsers users;
    private final Teams teams;
    private final Environments environments;
    private final RefusedForm refused;
    private final Actor actor;

    TestUserRequestPages(
            TestUserRequests requests,
            TestUsers users,
            Teams teams,
            Environments environments,
            RefusedForm refused,
            Actor actor) {
        this.requests = requests;
        this.users = users;
        this.teams = teams;
        this.environments = environments;
        this.refused = refused;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "testUsers")
    static class Templates {
        static native TemplateInstance asking(RequestForm form);

        static native TemplateInstance asked(RequestView view, String done);
    }

    @GET
    @Path("new")
    public TemplateInstance ask(@PathParam("team_id") UUID id) {
        var team = users.teamToChange(actor, id);
        var choices = EnvironmentChoice.all(environments).stream()
                .filter(EnvironmentChoice::real)
                .toList();
        var typed = refused.present()
                ? typed(refused.fields())
                : TestUserRequestCandidate.usual(
                        choices.isEmpty() ? null : choices.get(0).id());
        return Templates.asking(new RequestForm(
                team,
                typed,
                refused.text("number", "1"),
                choices,
                requests.mails(),
                refused.errors("number").inLines()));
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(@PathParam("team_id") UUID id, MultivaluedMap<String, String> fields) {
        var request = requests.ask(actor, id, Parsed.typed(typed(fields)));
        return Redirect.to(address(id, request.id()) + "?done=test-users-asked" + (request.mailed() ? "-by-mail" : ""));
    }

    @GET
    @Path("{test_user_request_id}")
    public TemplateInstance one(
            @PathParam("team_id") UUID id,
            @PathParam("test_user_request_id") UUID request,
            @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        var found = requests.find(actor, id, request);
        var environment = environments.find(found.environment()).map(Environment::name);
        return Templates.asked(
                new RequestView(team, found, environment.orElse(found.environment()), actor.is(Role.ADMIN, id)),
                SuccessMessages.said(done));
    }

    @POST
    @Path("{test_user_request_id}/receipt")
    @FormPage("/teams/{team_id}/test-user-requests/{test_user_request_id}")
    public Response receive(@PathParam("team_id") UUID id, @PathParam("test_user_request_id") UUID request) {
        requests.receive(actor, id, request);
        return Redirect.to(address(id, request) + "?done=test-users-received");
    }

    private static TestUserRequestCandidate typed(MultivaluedMap<String, String> fields) {
        return new TestUserRequestCandidate(
                fields.getFirst("environment"),
                number(fields.getFirst("number")),
                fields.getFirst("organisation"),
                TestUserForm.codes(fields.getFirst("roles")),
                "yes".equals(fields.getFirst("smartcards")),
                TestUserForm.text(fields.getFirst("note")));
    }

    /** {@code null} for what is no number. */
    private static Long number(String typed) {
        try {
            return typed == null ? null : Long.valueOf(typed.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String address(UUID team, UUID request) {
        return "/teams/" + team + "/test-user-requests/" + request;
    }

    /**
     * @param number as typed
     * @param mails whether it goes out by email
     */
    record RequestForm(
            Team team,
            TestUserRequestCandidate typed,
            String number,
            List<EnvironmentChoice> environments,
            boolean mails,
            FormErrors errors) {
        public String roles() {
            return String.join("\n", typed.roles());
        }

        public boolean withoutCards() {
            return !typed.smartcards();
        }

        public boolean in(EnvironmentChoice environment) {
            return environment.id().equals(typed.environment());
        }

        public String radioId(int index) {
            return Radios.id("environment", index);
        }
    }

    /** @param environment its name */
    record RequestView(Team team, TestUserRequest request, String environment, boolean mayChange) {
        public String action() {
            return address(team.id(), request.id()) + "/receipt";
        }

        /** What is asked for, to be copied into whatever form those want who make test users. */
        public String text() {
            return String.join(
                    "\n",
                    "Test users for " + team.name() + " (Team ID " + team.id() + ")",
                    "Environment: " + environment,
                    "Number: " + request.numberWanted(),
                    "Organisation: " + request.organisation()
                            + ("A9A5A".equals(request.organisation()) ? " (NHSID DEV)" : ""),
                    "Roles: " + (request.roles().isEmpty() ? "none" : String.join(", ", request.roles())),
                    request.smartcards() ? "Physical smartcards are needed" : "No smartcard needed",
                    request.note() == null ? "" : request.note());
        }
    }
}

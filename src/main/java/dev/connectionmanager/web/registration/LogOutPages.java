package dev.connectionmanager.web.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.logout.LogoutDelivery;
import dev.connectionmanager.mock.logout.LogoutTestCandidate;
import dev.connectionmanager.mock.logout.LogoutTests;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** Logout tokens of the mock: sessions to end, one to send, and how they were taken. */
@Path("/applications/{application_id}/registrations/{environment}/log-outs")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class LogOutPages {
    private static final int PAGE = 25;
    private static final String PATH = "/applications/{application_id}/registrations/{environment}/log-outs";

    private final Registrations registrations;
    private final LogoutTests tests;
    private final MockSettings mock;
    private final RefusedForm refused;
    private final Actor actor;

    LogOutPages(Registrations registrations, LogoutTests tests, MockSettings mock, RefusedForm refused, Actor actor) {
        this.registrations = registrations;
        this.tests = tests;
        this.mock = mock;
        this.refused = refused;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "logIns")
    static class Templates {
        static native TemplateInstance logOuts(
                LogOutsView view, LogOutForm form, Page<DeliveryView> deliveries, String done);
    }

    @GET
    public TemplateInstance logOuts(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("cursor") String cursor,
            @QueryParam("done") String done) {
        var page = tests.page(actor, id, environment, Cursors.position(cursor, Cursor::parseTimed), PAGE);
        var registered = registrations.find(actor, id, environment);
        var sessions = tests.sessions(actor, id, environment);
        return Templates.logOuts(
                new LogOutsView(
                        registered,
                        registrations.registrable(environment),
                        mock,
                        tests.uri(actor, id, environment),
                        actor.is(Role.ADMIN, registered.application().teamId())),
                LogOutForm.of(refused, sessions),
                new Page<>(page.items().stream().map(DeliveryView::new).toList(), page.nextCursor()),
                SuccessMessages.said(done));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("user") String user,
            @FormParam("fault") String fault) {
        tests.send(actor, id, environment, Parsed.typed(new LogoutTestCandidate(text(user), null, null, text(fault))));
        return back(id, environment, "logout-token-sent");
    }

    @POST
    @Path("session")
    @FormPage(PATH)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response end(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("sid") String sid,
            @FormParam("reason") String reason) {
        // A form without a session asks for none to be ended, and no other token to be sent.
        tests.send(
                actor,
                id,
                environment,
                Parsed.typed(new LogoutTestCandidate(null, sid == null ? "" : sid, text(reason), null)));
        return back(id, environment, "session-ended");
    }

    private static Response back(UUID id, String environment, String done) {
        return Redirect.to("/applications/" + id + "/registrations/" + environment + "/log-outs?done=" + done);
    }

    private static String text(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** @param uri where logout tokens go; {@code null} = nowhere */
    record LogOutsView(
            RegistrationSnapshot registered,
            Environment environment,
            MockSettings mock,
            String uri,
            boolean mayChange) {
        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/" + environment.id();
        }

        /** Whether this person can have a logout token sent. */
        public boolean maySend() {
            return mayChange && mock.enabled() && uri != null;
        }
    }

    /** A logout token as it is listed. */
    record DeliveryView(LogoutDelivery delivery) {
        public String colour() {
            return delivery.outcome() == null
                    ? "grey"
                    : delivery.outcome().verdict().passed() ? "green" : "red";
        }

        public String tag() {
            return delivery.outcome() == null
                    ? "On its way"
                    : delivery.outcome().verdict().passed() ? "As it should be" : "Not as it should be";
        }

        /** What stood in the way, in words. */
        public List<String> findings() {
            return delivery.outcome() == null
                    ? List.of()
                    : delivery.outcome().findings().all().stream()
                            .map(RuleSentences::of)
                            .toList();
        }
    }
}

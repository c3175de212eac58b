package dev.connectionmanager.web.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.ClientKeySets;
import dev.connectionmanager.mock.client.KeySetFetches;
import dev.connectionmanager.mock.log.LogInLog;
import dev.connectionmanager.mock.log.SeenCheck;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
import dev.connectionmanager.web.mock.ExchangeView;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Why a log-in through the mock authorisation service failed, and what was seen to work. */
@Path("/applications/{application_id}/registrations/{environment}/log-ins")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class LogInPages {
    private static final int PAGE = 25;
    /** In a file. */
    private static final int MOST_REQUESTS = 1_000;

    private final Registrations registrations;
    private final LogInLog log;
    private final KeySetFetches keySets;
    private final MockSettings mock;
    private final Clock clock;
    private final Actor actor;

    LogInPages(
            Registrations registrations,
            LogInLog log,
            KeySetFetches keySets,
            MockSettings mock,
            Clock clock,
            Actor actor) {
        this.registrations = registrations;
        this.log = log;
        this.keySets = keySets;
        this.mock = mock;
        this.clock = clock;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "logIns")
    static class Templates {
        static native TemplateInstance log(LogInsView view, KeySetView keys, Page<ExchangeView> log, String done);

        static native TemplateInstance evidence(LogInsView view, List<SeenCheck> seen, Instant now);
    }

    @GET
    public TemplateInstance log(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("cursor") String cursor,
            @QueryParam("done") String done) {
        var page = log.page(actor, id, environment, Cursors.position(cursor, Cursor::parseTimed), PAGE);
        return Templates.log(
                view(id, environment),
                keySets.known(actor, id, environment).map(KeySetView::new).orElse(null),
                new Page<>(page.items().stream().map(ExchangeView::new).toList(), page.nextCursor()),
                SuccessMessages.said(done));
    }

    @POST
    @Path("key-set")
    @FormPage("/applications/{application_id}/registrations/{environment}/log-ins")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response fetchKeySet(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        keySets.fetch(actor, id, environment);
        return Redirect.to("/applications/" + id + "/registrations/" + environment + "/log-ins?done=key-set-fetched");
    }

    @GET
    @Path("evidence")
    public TemplateInstance evidence(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return Templates.evidence(view(id, environment), log.seen(actor, id, environment), clock.instant());
    }

    /** The same, and the latest requests one by one, as a file. */
    @GET
    @Path("evidence/file")
    @Produces(MediaType.APPLICATION_JSON)
    public Response file(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var evidence = new Evidence(
                registrations.find(actor, id, environment),
                mock.issuer(),
                log.seen(actor, id, environment),
                log.page(actor, id, environment, null, MOST_REQUESTS),
                clock.instant());
        return Response.ok(evidence.json())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + evidence.fileName() + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private LogInsView view(UUID id, String environment) {
        return new LogInsView(registrations.find(actor, id, environment), registrations.registrable(environment), mock);
    }

    record LogInsView(RegistrationSnapshot registered, Environment environment, MockSettings mock) {
        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/" + environment.id();
        }

        public boolean publishesKeys() {
            return registered.metadata().jwksUri() != null;
        }

        public boolean known() {
            return environment.kind() == EnvironmentKind.PATH_TO_LIVE;
        }
    }

    /** The client's keys as the mock has them. */
    record KeySetView(ClientKeySets.KeySet keySet) {
        public String kids() {
            return keySet.keys() == null
                    ? ""
                    : keySet.keys().getKeys().stream()
                            .map(key -> String.valueOf(key.getKeyID()))
                            .collect(Collectors.joining(", "));
        }
    }
}

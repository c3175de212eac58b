package dev.connectionmanager.web.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.ClientKeySets;
import dev.connectionmanager.mock.client.KeySetFetches;
import dev.connectionmanager.mock.log.LogInLog;
import dev.connectionmanager.mock.log.LoggedExchange;
import dev.connectionmanager.mock.log.SeenCheck;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Redirect;
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
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** Why a log-in through the mock authorisation service failed, and what was seen to work. */
@Path("/applications/{application_id}/registrations/{environment}/log-ins")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class LogInPages {
    private static final int PAGE = 25;

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
        static native TemplateInstance log(LogInsView view, KeySetView keys, Page<ExchangeView> log);

        static native TemplateInstance evidence(LogInsView view, List<SeenCheck> seen, Instant now);
    }

    @GET
    public TemplateInstance log(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("cursor") String cursor) {
        var page = log.page(actor, id, environment, Cursors.position(cursor, Cursor::parseTimed), PAGE);
        return Templates.log(
                view(id, environment),
                keySets.known(actor, id, environment).map(KeySetView::new).orElse(null),
                new Page<>(page.items().stream().map(ExchangeView::new).toList(), page.nextCursor()));
    }

    @POST
    @Path("key-set")
    @FormPage("/applications/{application_id}/registrations/{environment}/log-ins")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response fetchKeySet(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        keySets.fetch(actor, id, environment);
        return Redirect.to("/applications/" + id + "/registrations/" + environment + "/log-ins");
    }

    @GET
    @Path("evidence")
    public TemplateInstance evidence(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return Templates.evidence(view(id, environment), log.seen(actor, id, environment), clock.instant());
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

    /** One request, with the place marked in which what was sent parts from what is registered. */
    record ExchangeView(LoggedExchange exchange) {
        public String title() {
            return exchange.endpoint().title();
        }

        public String outcome() {
            return exchange.endpoint().outcome(exchange.passed());
        }

        /** The same, where it stands alone. */
        public String tag() {
            return outcome().substring(0, 1).toUpperCase(Locale.ROOT)
                    + outcome().substring(1);
        }

        /** To the second, as the logs of clients have it. */
        public String time() {
            return exchange.madeAt()
                    .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                    .toString();
        }

        public List<CheckView> checks() {
            return exchange.detail().checks().stream().map(CheckView::of).toList();
        }

        public String why() {
            return exchange.firstFailed()
                    .map(check -> check.words())
                    .orElse(exchange.detail().said());
        }
    }
}

package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.registration.list.EndpointProblems.Filter;
import dev.connectionmanager.registration.list.EndpointProblems.Kind;
import dev.connectionmanager.registration.list.EndpointProblems.Trouble;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;

/** What operators see of all teams' endpoints: those that fail, and those whose certificates end soon. */
@Path("/review/endpoints")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class EndpointProblemPages {
    private static final int PAGE = 25;

    private final EndpointProblems troubles;
    private final Environments environments;
    private final Actor actor;

    EndpointProblemPages(EndpointProblems troubles, Environments environments, Actor actor) {
        this.troubles = troubles;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance endpoints(EndpointsView view);
    }

    @GET
    public TemplateInstance all(
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("environment") @DefaultValue("") String environment,
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("cursor") String cursor) {
        var filter = filter(name, environment, kind);
        var page =
                troubles.page(actor.asOperator(), filter, Cursors.position(cursor, EndpointProblems::position), PAGE);
        return Templates.endpoints(new EndpointsView(
                page,
                Totals.said(troubles.count(actor, filter)),
                environments.all().stream()
                        .filter(e -> e.kind() != EnvironmentKind.SELF_SERVICE)
                        .toList(),
                name,
                environment,
                kind,
                cursor != null));
    }

    /** What is not understood filters nothing. */
    static Filter filter(String name, String environment, String kind) {
        var wanted = Stream.of(Kind.values()).filter(k -> k.code().equals(kind)).findFirst();
        return new Filter(name, environment, wanted.orElse(null));
    }

    /** @param later whether this is not the first page */
    record EndpointsView(
            Page<Trouble> page,
            String total,
            List<Environment> environments,
            String name,
            String environment,
            String kind,
            boolean later) {
        public boolean filtered() {
            return !name.isEmpty() || !environment.isEmpty() || !kind.isEmpty();
        }

        public String environmentName(Trouble trouble) {
            return environments.stream()
                    .filter(e -> e.id().equals(trouble.environment()))
                    .map(Environment::name)
                    .findFirst()
                    .orElse(trouble.environment());
        }

        public String nextPage() {
            return "/review/endpoints" + query() + "&cursor=" + page.nextCursor();
        }

        /** For addresses of the same list; begins with {@code ?}. */
        public String query() {
            return "?name=" + Labels.encoded(name) + "&environment=" + Labels.encoded(environment) + "&kind="
                    + Labels.encoded(kind);
        }
    }
}

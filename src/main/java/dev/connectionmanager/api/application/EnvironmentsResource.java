package dev.connectionmanager.api.application;

import dev.connectionmanager.api.common.Flag;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.registration.RegistrationJson;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.check.LiveChecks;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.wording.Finding;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

@Path("/api/v1/environments")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class EnvironmentsResource {
    private final Environments environments;
    private final LiveChecks checks;
    private final Actor actor;

    EnvironmentsResource(Environments environments, LiveChecks checks, Actor actor) {
        this.environments = environments;
        this.checks = checks;
        this.actor = actor;
    }

    @GET
    public ItemList<EnvironmentView> all(@BeanParam PageQuery page) {
        return page.list(environments.all(), Environment::id, EnvironmentView::of);
    }

    @GET
    @Path("{environment}")
    public EnvironmentView one(String environment) {
        return EnvironmentView.of(find(environment));
    }

    @POST
    @Path("{environment}/validations")
    @Consumes(MediaType.APPLICATION_JSON)
    public Validation validate(String environment, @QueryParam("live") String live, byte[] body) {
        var wanted = Flag.read("live", live);
        var judged = find(environment);
        var sent = RegistrationJson.readAlone(JsonBody.object(body));
        var checked = checks.validate(actor, sent, judged, wanted);
        return new Validation(
                !checked.found().block(),
                Finding.of(checked.found()),
                checked.reports().stream().map(CheckReport::field).toList());
    }

    private Environment find(String id) {
        return environments.find(id).orElseThrow(Refusal.NotFound::new);
    }

    /** @param liveChecks the members whose endpoints were opened; none where that was not asked for, or not worth while */
    record Validation(boolean valid, List<Finding> errors, List<String> liveChecks) {}

    record EnvironmentView(
            String id,
            String name,
            String usage,

            String kind,

            String issuer,

            String discovery,
            List<String> tokenEndpointAuthMethodsSupported,
            List<String> tokenEndpointAuthSigningAlgValuesSupported,

            List<String> userinfoSigningAlgValuesSupported,

            String metadataSource,

            Instant metadataSince,

            Instant discoveryUnreadableSince) {
        static EnvironmentView of(Environment e) {
            return new EnvironmentView(
                    e.id(),
                    e.name(),
                    e.usage(),
                    e.kind().code(),
                    e.issuer().orElse(null),
                    e.discovery().map(Object::toString).orElse(null),
                    e.metadata().tokenEndpointAuthMethodsSupported(),
                    e.metadata().tokenEndpointAuthSigningAlgValuesSupported(),
                    e.metadata().userinfoSigningAlgValuesSupported(),
                    e.origin().source().code(),
                    e.origin().since(),
                    e.origin().unreadableSince().orElse(null));
        }
    }
}

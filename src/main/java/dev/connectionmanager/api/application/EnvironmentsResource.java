package dev.connectionmanager.api.application;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.registration.RegistrationJson;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.check.LiveChecks;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.wording.Finding;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        page.allow();
        return ItemList.of(page.of(environments.all()), EnvironmentView::of);
    }

    @GET
    @Path("{environment}")
    public EnvironmentView one(String environment) {
        return EnvironmentView.of(find(environment));
    }

    @POST
    @Path("{environment}/validations")
    @Consumes(MediaType.APPLICATION_JSON)
    public Validation validate(
            String environment, @QueryParam("live") @DefaultValue("false") boolean live, byte[] body) {
        var judged = find(environment);
        var sent = RegistrationJson.read(JsonBody.object(body), Optional.empty());
        var found = checks.validate(actor, sent, judged, live);
        return new Validation(!found.block(), Finding.of(found));
    }

    private Environment find(String id) {
        return environments.find(id).orElseThrow(Refusal.NotFound::new);
    }

    record Validation(boolean valid, List<Finding> errors) {}

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

package dev.connectionmanager.api.application;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.registration.RegistrationJson;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.ClientMetadata;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/environments")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Environments")
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
    @Operation(summary = "The environments and what their OpenID Provider supports")
    public ItemList<EnvironmentView> all(@BeanParam PageQuery page) {
        page.allow();
        return ItemList.of(page.of(environments.all()), EnvironmentView::of);
    }

    @GET
    @Path("{environment}")
    @Operation(summary = "One environment")
    public EnvironmentView one(String environment) {
        return EnvironmentView.of(find(environment));
    }

    @POST
    @Path("{environment}/validations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Judge client metadata by the rules of this environment; nothing is stored",
            description = "With live=true the endpoints are opened too, which takes some 20 seconds at most.")
    public Validation validate(
            String environment,
            @QueryParam("live") @DefaultValue("false") boolean live,
            @RequestBody(content = @Content(schema = @Schema(implementation = ClientMetadata.class))) byte[] body) {
        var judged = find(environment);
        var sent = RegistrationJson.read(JsonBody.object(body), Optional.empty());
        var found = checks.validate(actor, sent, judged, live);
        return new Validation(!found.block(), Finding.of(found));
    }

    private Environment find(String id) {
        return environments.find(id).orElseThrow(Refusal.NotFound::new);
    }

    record Validation(boolean valid, List<Finding> errors) {}

    @Schema(name = "Environment")
    record EnvironmentView(
            String id,
            String name,
            String usage,

            @Schema(enumeration = {"self-service", "path-to-live", "production"})
            String kind,

            @Schema(description = "As tokens name it; compared character by character")
            String issuer,

            String discovery,
            List<String> tokenEndpointAuthMethodsSupported,
            List<String> tokenEndpointAuthSigningAlgValuesSupported,

            @Schema(description = "Empty: UserInfo responses are plain JSON only")
            List<String> userinfoSigningAlgValuesSupported,

            @Schema(
                    enumeration = {"discovery", "discovery-kept", "configured"},
                    description = "Where the three lists come from. discovery: the discovery document, read within"
                            + " the last hour. discovery-kept: the last good discovery document, older than that."
                            + " configured: the portal's own settings, as no good discovery document was read yet"
                            + " or there is none. Values that this service does not know are left out; a list"
                            + " that the document lacks is the configured one.")
            String metadataSource,

            @Schema(
                    description = "When the lists were read: from the discovery document, or from the settings as"
                            + " the portal started")
            Instant metadataSince,

            @Schema(
                    description = "Since when the discovery document could not be read, where the lists are not"
                            + " those of the last hour because of that; absent otherwise")
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

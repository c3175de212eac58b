package dev.connectionmanager.api.kit;

import dev.connectionmanager.kit.Kit;
import dev.connectionmanager.kit.Kits;
import dev.connectionmanager.kit.Kits.RegistrationKits;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/kit")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class KitResource {
    /** The one provider beside the environment's own. */
    private static final String MOCK = "mock";

    private final Kits kits;
    private final Actor actor;

    KitResource(Kits kits, Actor actor) {
        this.kits = kits;
        this.actor = actor;
    }

    @GET
    public KitView get(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("provider") String provider) {
        if (provider != null && !provider.equals(MOCK)) {
            throw new Refusal.Malformed(Reason.PARAMETER_INVALID, "provider").with("parameter", "provider");
        }
        return KitView.of(kits.find(actor, id, environment, provider != null));
    }

    /**
     * @param provider the id of the environment whose OpenID Provider the texts lead to
     * @param issuer absent where it is not known
     * @param redirectUri the one that the texts use
     * @param methods what the provider supports; {@code token_endpoint_auth_method} is what is registered
     */
    record KitView(
            String environment,
            String provider,
            String issuer,
            String discovery,
            String clientId,
            String redirectUri,
            String tokenEndpointAuthMethod,
            List<String> methods,
            List<String> scopes,
            List<String> acrValues,
            List<Kit> kits) {
        static KitView of(RegistrationKits found) {
            return new KitView(
                    found.environment().id(),
                    found.mock() ? MOCK : found.environment().id(),
                    found.issuer().orElse(null),
                    found.discovery().orElse(null),
                    found.registered().registration().clientId(),
                    found.redirectUri(),
                    found.registered().metadata().tokenEndpointAuthMethod().code(),
                    found.methods(),
                    found.scopes(),
                    found.acrValues(),
                    found.kits());
        }
    }
}

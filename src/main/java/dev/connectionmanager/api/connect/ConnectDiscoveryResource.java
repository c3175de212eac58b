package dev.connectionmanager.api.connect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.FlowRules;
import dev.connectionmanager.registration.Registrations;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Leads client libraries to where they register. It is no OpenID Provider's: to log in, clients read the provider's own, whose
 * issuer the answer to a registration names.
 */
@Path("/connect/{environment}/.well-known/openid-configuration")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class ConnectDiscoveryResource {
    private final Registrations registrations;
    private final Environments environments;
    private final ConnectAddresses addresses;

    ConnectDiscoveryResource(Registrations registrations, Environments environments, ConnectAddresses addresses) {
        this.registrations = registrations;
        this.environments = environments;
        this.addresses = addresses;
    }

    @GET
    public ObjectNode document(@PathParam("environment") String id) {
        var environment = registrations.pathToLive(id);
        var metadata = environment.metadata();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("issuer", addresses.issuer(id));
        json.put("registration_endpoint", addresses.registration(id));
        environments.endpoints(environment).forEach(json::put);
        put(json, "response_types_supported", List.of(FlowRules.RESPONSE_TYPE));
        put(json, "grant_types_supported", List.of(FlowRules.GRANT_TYPE));
        put(json, "subject_types_supported", List.of("public"));
        // What every provider must take, OpenID Connect Discovery 1.0 section 3: what else it takes, it says itself.
        put(json, "id_token_signing_alg_values_supported", List.of("RS256"));
        put(json, "token_endpoint_auth_methods_supported", metadata.tokenEndpointAuthMethodsSupported());
        put(
                json,
                "token_endpoint_auth_signing_alg_values_supported",
                metadata.tokenEndpointAuthSigningAlgValuesSupported());
        put(json, "userinfo_signing_alg_values_supported", metadata.userinfoSigningAlgValuesSupported());
        return json;
    }

    private static void put(ObjectNode json, String name, List<String> values) {
        ArrayNode array = json.putArray(name);
        values.forEach(array::add);
    }
}

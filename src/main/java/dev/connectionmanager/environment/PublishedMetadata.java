package dev.connectionmanager.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.connectionmanager.environment.Environment.ProviderMetadata;
import java.util.List;
import java.util.Map;

/**
 * What the portal uses of a discovery document. A list that the document does not have is null.
 *
 * @param issuer as the document has it
 * @param endpoints the addresses that it names, by member; none of a document that was read before these were kept
 */
public record PublishedMetadata(
        String issuer,
        List<String> tokenEndpointAuthMethodsSupported,
        List<String> tokenEndpointAuthSigningAlgValuesSupported,
        List<String> userinfoSigningAlgValuesSupported,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> endpoints) {
    public PublishedMetadata {
        tokenEndpointAuthMethodsSupported = copy(tokenEndpointAuthMethodsSupported);
        tokenEndpointAuthSigningAlgValuesSupported = copy(tokenEndpointAuthSigningAlgValuesSupported);
        userinfoSigningAlgValuesSupported = copy(userinfoSigningAlgValuesSupported);
        endpoints = endpoints == null ? Map.of() : Map.copyOf(endpoints);
    }

    /**
     * The configured list stands in for one that the document lacks. RFC 8414 section 2 reads a missing list of methods
     * as {@code client_secret_basic} alone and gives the others no default; but a document that is silent is more often
     * incomplete than its OpenID Provider that poor, and what operators configured is what they know of it.
     */
    ProviderMetadata over(ProviderMetadata configured) {
        return new ProviderMetadata(
                first(tokenEndpointAuthMethodsSupported, configured.tokenEndpointAuthMethodsSupported()),
                first(
                        tokenEndpointAuthSigningAlgValuesSupported,
                        configured.tokenEndpointAuthSigningAlgValuesSupported()),
                first(userinfoSigningAlgValuesSupported, configured.userinfoSigningAlgValuesSupported()));
    }

    private static List<String> copy(List<String> list) {
        return list == null ? null : List.copyOf(list);
    }

    private static List<String> first(List<String> published, List<String> configured) {
        return published == null ? configured : published;
    }
}

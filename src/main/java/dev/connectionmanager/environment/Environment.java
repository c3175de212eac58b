package dev.connectionmanager.environment;

import dev.connectionmanager.verification.uri.KeySetHost;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One environment of the national OpenID Provider that applications are registered in.
 *
 * @param id stable name in paths: {@code integration}
 * @param name what people call it
 * @param usage what it is for, a sentence or two
 * @param kind how one registers there
 * @param issuer the OpenID Provider's issuer, compared exactly; absent where it is not known yet
 * @param discovery where the OpenID Provider's metadata is published; absent where it is not known yet
 * @param metadata what the OpenID Provider supports, as known at one moment
 * @param origin where this metadata comes from
 * @param keySets where the portal publishes key sets for teams that develop
 */
@RecordBuilder
public record Environment(
        String id,
        String name,
        String usage,
        EnvironmentKind kind,
        Optional<String> issuer,
        Optional<URI> discovery,
        ProviderMetadata metadata,
        MetadataOrigin origin,
        KeySetHost keySets)
        implements EnvironmentBuilder.With {

    Environment with(ProviderMetadata otherMetadata, MetadataOrigin otherOrigin) {
        return with(changed -> changed.metadata(otherMetadata).origin(otherOrigin));
    }

    Environment withoutAddresses() {
        return with(changed -> changed.issuer(Optional.empty()).discovery(Optional.empty()));
    }

    /**
     * What the OpenID Provider supports, in RFC 8414 terms.
     *
     * @param tokenEndpointAuthMethodsSupported client authentication methods
     * @param tokenEndpointAuthSigningAlgValuesSupported JWS algorithms of client assertions
     * @param userinfoSigningAlgValuesSupported JWS algorithms of signed UserInfo responses
     */
    public record ProviderMetadata(
            List<String> tokenEndpointAuthMethodsSupported,
            List<String> tokenEndpointAuthSigningAlgValuesSupported,
            List<String> userinfoSigningAlgValuesSupported) {
        public ProviderMetadata {
            tokenEndpointAuthMethodsSupported = List.copyOf(tokenEndpointAuthMethodsSupported);
            tokenEndpointAuthSigningAlgValuesSupported = List.copyOf(tokenEndpointAuthSigningAlgValuesSupported);
            userinfoSigningAlgValuesSupported = List.copyOf(userinfoSigningAlgValuesSupported);
        }
    }
}

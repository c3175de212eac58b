package dev.connectionmanager.environment;

import java.time.Instant;
import java.util.Map;

/** The discovery document of an OpenID Provider that no test can reach, as if it had been read. */
public final class ProvidersDocument {
    private ProvidersDocument() {}

    /** @param environment one that names an issuer and where to discover */
    public static void keep(Environments environments, String environment) {
        var configured = environments.find(environment).orElseThrow();
        var issuer = configured.issuer().orElseThrow();
        environments.keep(
                configured.discovery().orElseThrow(),
                new PublishedMetadata(
                        issuer,
                        null,
                        null,
                        null,
                        Map.of(
                                "authorization_endpoint", issuer + "/authorize",
                                "token_endpoint", issuer + "/access_token",
                                "userinfo_endpoint", issuer + "/userinfo",
                                "jwks_uri", issuer + "/connect/jwk_uri")),
                Instant.now());
    }
}

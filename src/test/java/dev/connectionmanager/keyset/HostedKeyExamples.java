package dev.connectionmanager.keyset;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.metadata.CandidateBuilder;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.testing.RsaKeys;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What breaks the rules on key sets that the portal keeps. */
public final class HostedKeyExamples {
    static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    static final List<String> RSA = List.of("RS256", "RS512");

    private HostedKeyExamples() {}

    public static Stream<Violations> all() {
        var key = RsaKeys.key(0).toPublicJWK().toJSONString();
        var there = HostedKeyRules.check(key, List.of(), RSA, NOW).keys();
        var environment = RuleExamples.INTEGRATION;
        var keySet = environment.keySets().uri(UUID.randomUUID());
        return Stream.of(
                HostedKeyRules.checkName(new KeySetCandidate("", key, null)),
                HostedKeyRules.check(" ", List.of(), RSA, NOW).violations(),
                HostedKeyRules.check("-----BEGIN PUBLIC KEY-----\nMIIB", List.of(), RSA, NOW)
                        .violations(),
                HostedKeyRules.check("[" + key + "," + elliptic().toPublicJWK() + "]", List.of(), RSA, NOW)
                        .violations(),
                HostedKeyRules.check(key, there, RSA, NOW).violations(),
                new Violations(List.of(Violation.of("replaces", Rule.HOSTED_KEY_TO_REPLACE_UNKNOWN))),
                judge(keySet + "x", EnvironmentKind.PATH_TO_LIVE),
                judge(keySet, EnvironmentKind.PRODUCTION));
    }

    static Violations judge(String jwksUri, EnvironmentKind kind) {
        var candidate = CandidateBuilder.builder()
                .redirectUris(List.of("https://app.supplier.co.uk/callback"))
                .tokenEndpointAuthMethod("private_key_jwt")
                .jwksUri(jwksUri)
                .build();
        return RegistrationRules.check(
                candidate, RuleExamples.INTEGRATION.with(other -> other.kind(kind)), ApplicationType.WEB);
    }

    static ECKey elliptic() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("elliptic").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.connectionmanager.mock.client;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.credential.ClientSecretTexts;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeySetObservation;
import dev.connectionmanager.verification.key.KeySetRules;
import dev.connectionmanager.verification.key.PastedSecrets;
import dev.connectionmanager.verification.key.PastedSecrets.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rules on clients that no team registers: those on registrations, but for what a rehearsal on one's own computer needs, which
 * is redirect and logout URIs on loopback, and keys by value.
 */
public final class OpenClientRules {
    private static final String JWKS = "jwks";
    private static final String JWKS_URI = "jwks_uri";
    private static final int OK = 200;
    private static final int MOST_GUIDS = 100;

    private OpenClientRules() {}

    /**
     * What was found, and what is taken where nothing blocks.
     *
     * @param metadata {@code null} where something blocks
     * @param keys {@code null} where it has none, or something blocks
     */
    public record Judged(Violations found, ClientMetadata metadata, JWKSet keys) {}

    /**
     * @param asked what was asked for; absent members get their defaults
     * @param jwks the key set as JSON; {@code null} = none
     * @param environment whose provider the mock is
     * @param issued tells which of some GUIDs, in lower case, are client secrets that work
     */
    public static Judged judge(
            Candidate asked, String jwks, Environment environment, Function<Collection<String>, Set<String>> issued) {
        var candidate = withDefaults(asked);
        var local = candidate.backchannelLogoutUri() != null && LocalUris.isLoopback(candidate.backchannelLogoutUri());
        var type = ApplicationType.ofCode(candidate.applicationType()).orElse(ApplicationType.WEB);
        var rules = RegistrationRules.check(
                local ? candidate.withBackchannelLogout(null, null) : candidate, environment, type);
        var found = new ArrayList<>(rules.all().stream()
                .filter(finding -> !finding.path().equals(JWKS_URI))
                .toList());
        pasted(candidate, issued, found);
        JWKSet keys = null;
        if (TokenEndpointAuthMethod.PRIVATE_KEY_JWT.code().equals(candidate.tokenEndpointAuthMethod())) {
            keys = keys(candidate, jwks, environment, found);
        }
        var violations = new Violations(List.copyOf(found));
        return violations.block()
                ? new Judged(violations, null, null)
                : new Judged(violations, RegistrationRules.accept(candidate), keys);
    }

    private static Candidate withDefaults(Candidate asked) {
        var candidate = asked.withJwksUri(null);
        if (candidate.clientName() == null) {
            candidate = candidate.withClientName("Test client");
        }
        if (candidate.tokenEndpointAuthMethod() == null) {
            candidate = candidate.withTokenEndpointAuthMethod(TokenEndpointAuthMethod.CLIENT_SECRET_BASIC.code());
        }
        if (candidate.applicationType() == null) {
            var redirects = Optional.ofNullable(candidate.redirectUris()).orElse(List.of());
            var type =
                    redirects.stream().anyMatch(LocalUris::isLoopback) ? ApplicationType.NATIVE : ApplicationType.WEB;
            candidate = candidate.withApplicationType(type.code());
        }
        return candidate;
    }

    /** What is typed here passes no other gate for keys and credentials. */
    private static void pasted(
            Candidate candidate, Function<Collection<String>, Set<String>> issued, List<Violation> found) {
        var typed = new LinkedHashMap<String, String>();
        typed.put("client_name", candidate.clientName());
        typed.put("backchannel_logout_uri", candidate.backchannelLogoutUri());
        var redirects = Optional.ofNullable(candidate.redirectUris()).orElse(List.of());
        for (int i = 0; i < redirects.size(); i++) {
            typed.put("redirect_uris/" + i, redirects.get(i));
        }
        typed.values().removeIf(Objects::isNull);
        var guids = typed.values().stream()
                .flatMap(ClientSecretTexts::in)
                .distinct()
                .limit(MOST_GUIDS)
                .toList();
        Set<String> secrets = guids.isEmpty() ? Set.of() : issued.apply(guids);
        typed.forEach((path, text) -> PastedSecrets.in(text)
                .or(() -> ClientSecretTexts.in(text).anyMatch(secrets::contains)
                        ? Optional.of(Kind.CLIENT_SECRET)
                        : Optional.empty())
                .ifPresent(kind -> found.add(Violation.of(path, Rule.SECRET_PASTED, kind.code(), kind.remedy()))));
    }

    private static JWKSet keys(Candidate candidate, String jwks, Environment environment, List<Violation> found) {
        if (jwks == null || jwks.isBlank()) {
            found.add(Violation.of(JWKS, Rule.JWKS_REQUIRED));
            return null;
        }
        var verdict = KeySetRules.check(
                new KeySetObservation(OK, "application/json", jwks.getBytes(StandardCharsets.UTF_8)),
                Optional.ofNullable(candidate.tokenEndpointAuthSigningAlg()),
                environment.metadata().tokenEndpointAuthSigningAlgValuesSupported());
        verdict.violations().all().stream()
                .filter(Violation::blocks)
                .forEach(finding -> found.add(new Violation(JWKS, finding.rule(), finding.arguments())));
        return verdict.usable();
    }
}

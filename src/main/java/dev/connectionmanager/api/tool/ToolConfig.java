package dev.connectionmanager.api.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Strings;
import com.google.common.hash.Hashing;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A registration as the existing tool's format has it, its {@code client_config}. It says a part of what is registered, under the names
 * of RFC 7591 section 2 but for one.
 */
final class ToolConfig {
    /** RFC 7591 has no name for it; OpenID Connect DCR 1.0 section 2 has {@code token_endpoint_auth_signing_alg}. */
    private static final String ITS_SIGNING_ALGORITHM = "jwks_uri_signing_algorithm";

    private static final String SIGNING_ALGORITHM = "token_endpoint_auth_signing_alg";
    private static final String CLIENT_ID = "client_id";

    private ToolConfig() {}

    /** What is sent; {@code null} = absent. */
    record Sent(
            String clientName,
            String description,
            List<String> redirectUris,
            String backchannelLogoutUri,
            String tokenEndpointAuthMethod,
            String jwksUri,
            String jwksUriSigningAlgorithm) {
        /**
         * This in place of what the format can say; the rest stays. The name is required here, and an absent one judged as an
         * empty one is. Without a method it is that of a client with keys, or what RFC 7591 section 2 has for others.
         */
        Candidate over(Candidate current) {
            var method = jwksUri == null ? "client_secret_basic" : TokenEndpointAuthMethod.PRIVATE_KEY_JWT.code();
            return current.withClientName(Strings.nullToEmpty(clientName))
                    .withRedirectUris(redirectUris)
                    .withAuthentication(
                            Objects.requireNonNullElse(tokenEndpointAuthMethod, method),
                            jwksUriSigningAlgorithm,
                            jwksUri)
                    .withBackchannelLogout(
                            backchannelLogoutUri,
                            backchannelLogoutUri == null ? null : current.backchannelLogoutSessionRequired());
        }
    }

    /** @param json the whole body */
    static Parsed<Sent> read(ObjectNode json) {
        return read(json, JsonNodeFactory.instance.objectNode());
    }

    /** @param current of which the client ID may be sent back as it is */
    static Parsed<Sent> read(ObjectNode json, RegistrationSnapshot current) {
        return read(
                json,
                JsonNodeFactory.instance
                        .objectNode()
                        .put(CLIENT_ID, current.registration().clientId()));
    }

    private static Parsed<Sent> read(ObjectNode json, ObjectNode readOnly) {
        var members = new JsonMembers(json);
        var sent = members.bind(Sent.class);
        var parsed = members.refuseChanges(Set.of(CLIENT_ID), readOnly)
                .refuse("jwks", Rule.JWKS_BY_VALUE)
                .parsed(sent);
        return new Parsed<>(parsed.candidate(), renamed(parsed.violations(), ITS_SIGNING_ALGORITHM, SIGNING_ALGORITHM));
    }

    /** What was found, at the places that the format has. */
    static Violations placed(Violations found) {
        return renamed(found, SIGNING_ALGORITHM, ITS_SIGNING_ALGORITHM);
    }

    private static Violations renamed(Violations found, String from, String to) {
        return new Violations(found.all().stream()
                .map(violation -> violation.path().equals(from)
                        ? new Violation(to, violation.rule(), violation.arguments())
                        : violation)
                .toList());
    }

    /** Every member is there, and {@code null} where it is not set. */
    static ObjectNode of(RegistrationSnapshot registered) {
        var metadata = registered.metadata();
        var json = JsonNodeFactory.instance.objectNode();
        json.put(CLIENT_ID, registered.registration().clientId());
        json.put("client_name", metadata.clientName());
        json.put(
                "description",
                Strings.emptyToNull(registered.application().details().description()));
        metadata.redirectUris().forEach(json.putArray("redirect_uris")::add);
        json.put(
                "token_endpoint_auth_method", metadata.tokenEndpointAuthMethod().code());
        json.put("jwks_uri", metadata.jwksUri());
        json.put(ITS_SIGNING_ALGORITHM, metadata.tokenEndpointAuthSigningAlg());
        json.put("backchannel_logout_uri", metadata.backchannelLogoutUri());
        return json;
    }

    /** Another one whenever something of the registration or of its application has changed; programs put it into addresses as it is. */
    static String hash(RegistrationSnapshot registered) {
        return Hashing.sha256()
                .hashString(registered.tag() + registered.application().tag(), StandardCharsets.US_ASCII)
                .toString();
    }
}

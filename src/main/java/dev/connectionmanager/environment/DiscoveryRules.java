package dev.connectionmanager.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.verification.certificate.PrintableText;
import dev.connectionmanager.verification.key.KeyAlgorithms;
import dev.connectionmanager.verification.key.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules on a discovery document: whether it is good, and what of it the portal uses. OpenID Connect Discovery 1.0
 * section 4, RFC 8414 section 3.
 *
 * <p>Only the members that the portal uses are read, not the whole document as the OAuth SDK’s parser would: a fault in
 * another one is its clients’ business and must not cost the lists. Values that the portal does not know are left out: it
 * could neither explain nor check them.
 */
final class DiscoveryRules {
    /** The methods that can be registered, the recommended one first. */
    static final List<String> METHODS =
            List.of("private_key_jwt", "client_secret_jwt", "client_secret_post", "client_secret_basic");

    private static final List<String> ENDPOINTS = List.of(
            "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint");
    private static final String AUTH_METHODS = "token_endpoint_auth_methods_supported";
    private static final String AUTH_ALGORITHMS = "token_endpoint_auth_signing_alg_values_supported";
    private static final String USERINFO_ALGORITHMS = "userinfo_signing_alg_values_supported";
    /** Our client secrets are too short for HS384 and HS512. OpenID Connect Core 1.0 section 16.19. */
    private static final String FITS_CLIENT_SECRET = "HS256";

    private DiscoveryRules() {}

    /** Why a discovery document is not used, in a few words for the operators’ log. */
    static final class NotGood extends Exception {
        NotGood(String why) {
            super(why);
        }
    }

    /**
     * @param mediaType the Content-Type of the response, whole
     * @param issuer the one that is configured; the document’s must equal it exactly
     * @throws NotGood when the document cannot be used
     */
    static PublishedMetadata check(String mediaType, byte[] body, Optional<String> issuer) throws NotGood {
        var type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        require(type.equals("application/json"), "its media type is ‘" + PrintableText.plain(type) + "’");
        var document = object(body);
        var named = document.get("issuer");
        require(named != null && named.isTextual(), "it names no issuer");
        require(
                issuer.isEmpty() || issuer.get().equals(named.textValue()),
                "its issuer is ‘" + PrintableText.plain(named.textValue()) + "’, not the configured one");
        return published(document, named.textValue());
    }

    private static ObjectNode object(byte[] body) throws NotGood {
        try {
            if (StrictJson.read(body, 0) instanceof ObjectNode object) {
                return object;
            }
            throw new NotGood("it is not a JSON object");
        } catch (StrictJson.Malformed e) {
            throw new NotGood("it is not JSON that can be read in one way only (" + e.getMessage() + ")");
        }
    }

    private static PublishedMetadata published(ObjectNode document, String issuer) throws NotGood {
        var methods = list(document, AUTH_METHODS);
        var algorithms = list(document, AUTH_ALGORITHMS);
        var userinfo = list(document, USERINFO_ALGORITHMS);
        require(methods != null || algorithms != null || userinfo != null, "it has none of the lists that are used");
        var known = new PublishedMetadata(
                issuer,
                methods == null
                        ? null
                        : METHODS.stream().filter(methods::contains).toList(),
                algorithms == null ? null : sorted(algorithms, true),
                userinfo == null ? null : sorted(userinfo, false),
                endpoints(document));
        require(
                !List.of().equals(known.tokenEndpointAuthMethodsSupported()),
                AUTH_METHODS + " has no method that can be registered");
        // RFC 8414 section 2: whoever takes signed assertions must name algorithms for them.
        require(
                !List.of().equals(known.tokenEndpointAuthSigningAlgValuesSupported())
                        || methods != null && methods.stream().noneMatch(method -> method.endsWith("_jwt")),
                AUTH_ALGORITHMS + " has no algorithm that can be registered");
        return known;
    }

    /** Those that clients need beside what the portal uses; one that is no address of the web is left out. */
    private static Map<String, String> endpoints(ObjectNode document) {
        return ENDPOINTS.stream()
                .filter(member -> document.path(member).asText().startsWith("https://"))
                .collect(Collectors.toMap(
                        Function.identity(), member -> document.path(member).asText()));
    }

    /** @return null when there is no such member, or null is its value */
    private static List<String> list(ObjectNode document, String member) throws NotGood {
        var node = document.get(member);
        if (node == null || node.isNull()) {
            return null;
        }
        var values = new ArrayList<String>();
        require(node.isArray(), member + " is not an array");
        for (JsonNode value : node) {
            require(value.isTextual(), member + " holds something else than strings");
            values.add(value.textValue());
        }
        return values;
    }

    /** In one order, whatever the document’s: some servers shuffle their lists. */
    private static List<String> sorted(List<String> algorithms, boolean withSecrets) {
        return algorithms.stream()
                .filter(algorithm ->
                        KeyAlgorithms.isSignature(algorithm) || withSecrets && algorithm.equals(FITS_CLIENT_SECRET))
                .distinct()
                .sorted()
                .toList();
    }

    private static void require(boolean condition, String otherwise) throws NotGood {
        if (!condition) {
            throw new NotGood(otherwise);
        }
    }
}

package dev.connectionmanager.mock.login;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.connectionmanager.environment.ProviderVocabulary;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Faults;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.IssuerKeys;
import dev.connectionmanager.mock.provider.Issuers;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What clients read of an issuer: its metadata (OpenID Connect Discovery 1.0) and its public keys. */
@Path(Issuers.PATH)
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class ProviderMetadata {
    private static final List<String> SIGNATURES =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    /** The keys of an issuer of tests change while it runs. */
    private static final String FRESH = "no-cache";

    private final Issuers issuers;
    private final IssuerKeys keys;
    private final Faults faults;

    ProviderMetadata(Issuers issuers, IssuerKeys keys, Faults faults) {
        this.issuers = issuers;
        this.keys = keys;
        this.faults = faults;
    }

    @GET
    @Path(".well-known/openid-configuration")
    public Response metadata(@PathParam("issuer") String part) {
        var issuer = issuers.at(part);
        return answer(Draft.of(Point.DISCOVERY, metadata(issuer)), issuer);
    }

    @GET
    @Path("connect/jwk_uri")
    public Response keys(@PathParam("issuer") String part) {
        var issuer = issuers.at(part);
        return answer(
                Draft.of(
                        Point.KEYS,
                        Map.of(
                                "keys",
                                keys.published(issuer).stream()
                                        .map(key -> key.toJSONObject())
                                        .toList())),
                issuer);
    }

    private Response answer(Draft draft, Issuer issuer) {
        var shown = faults.act(draft, Exchange.begun(issuer.id(), Exchange.Endpoint.AUTHORIZE, issuer.now()));
        return Response.status(shown.status())
                .header(HttpHeaders.CACHE_CONTROL, FRESH)
                .entity(JSONObjectUtils.toJSONString(shown.members()))
                .build();
    }

    private static Map<String, Object> metadata(Issuer issuer) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("issuer", issuer.url());
        metadata.put("authorization_endpoint", issuer.url() + "/authorize");
        metadata.put("token_endpoint", issuer.tokenAddress());
        metadata.put("userinfo_endpoint", issuer.url() + "/userinfo");
        metadata.put("jwks_uri", issuer.url() + "/connect/jwk_uri");
        metadata.put("end_session_endpoint", issuer.url() + "/connect/endSession");
        if (!issuer.ofTest()) {
            metadata.put("registration_endpoint", issuer.url() + "/register");
        }
        metadata.put("scopes_supported", ProviderVocabulary.SCOPES);
        metadata.put("response_types_supported", List.of("code"));
        metadata.put("response_modes_supported", List.of("query"));
        metadata.put("grant_types_supported", List.of("authorization_code"));
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("acr_values_supported", ProviderVocabulary.ACR_VALUES);
        metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
        metadata.put("userinfo_signing_alg_values_supported", SIGNATURES);
        metadata.put(
                "token_endpoint_auth_methods_supported",
                List.of("private_key_jwt", "client_secret_jwt", "client_secret_post", "client_secret_basic"));
        metadata.put(
                "token_endpoint_auth_signing_alg_values_supported",
                Stream.concat(Stream.of("HS256"), SIGNATURES.stream()).toList());
        metadata.put("code_challenge_methods_supported", List.of("S256", "plain"));
        metadata.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        metadata.put("claims_parameter_supported", false);
        metadata.put("request_parameter_supported", false);
        metadata.put("request_uri_parameter_supported", false);
        metadata.put("authorization_response_iss_parameter_supported", true);
        metadata.put("backchannel_logout_supported", true);
        metadata.put("backchannel_logout_session_supported", true);
        return metadata;
    }
}

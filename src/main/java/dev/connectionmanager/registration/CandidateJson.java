package dev.connectionmanager.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Client metadata as JSON, by its RFC 7591 names. */
public final class CandidateJson {
    private static final Set<String> METADATA = Set.of(
            "client_name",
            "application_type",
            "redirect_uris",
            "token_endpoint_auth_method",
            "token_endpoint_auth_signing_alg",
            "jwks_uri",
            "userinfo_signed_response_alg",
            "backchannel_logout_uri",
            "backchannel_logout_session_required");

    private CandidateJson() {}

    /** What is registered; absent members are left out. */
    public static ObjectNode toJson(ClientMetadata metadata) {
        return toJson(metadata.asCandidate());
    }

    /** What was typed, as it was typed; absent members are left out. */
    public static ObjectNode toJson(Candidate candidate) {
        var json = JsonNodeFactory.instance.objectNode();
        put(json, "client_name", candidate.clientName());
        put(json, "application_type", candidate.applicationType());
        if (candidate.redirectUris() != null) {
            candidate.redirectUris().forEach(json.putArray("redirect_uris")::add);
        }
        put(json, "token_endpoint_auth_method", candidate.tokenEndpointAuthMethod());
        put(json, "token_endpoint_auth_signing_alg", candidate.tokenEndpointAuthSigningAlg());
        put(json, "jwks_uri", candidate.jwksUri());
        put(json, "userinfo_signed_response_alg", candidate.userinfoSignedResponseAlg());
        put(json, "backchannel_logout_uri", candidate.backchannelLogoutUri());
        if (candidate.backchannelLogoutSessionRequired() != null) {
            json.put("backchannel_logout_session_required", candidate.backchannelLogoutSessionRequired());
        }
        return json;
    }

    /** The members of client metadata. */
    public static Set<String> members() {
        return METADATA;
    }

    private static void put(ObjectNode json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}

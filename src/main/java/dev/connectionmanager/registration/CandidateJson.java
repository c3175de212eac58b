package dev.connectionmanager.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.json.StoredJson;
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
        return StoredJson.mapper().valueToTree(candidate);
    }

    /** The members of client metadata. */
    public static Set<String> members() {
        return METADATA;
    }
}

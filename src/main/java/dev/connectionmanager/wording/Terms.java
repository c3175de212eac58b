package dev.connectionmanager.wording;

import java.util.Optional;

/** The field's terms, as people say them. */
public final class Terms {
    private Terms() {}

    /** What people call a member of client metadata or of a request. */
    public static String fieldName(String member) {
        return switch (member) {
            case "client_name" -> "Client name";
            case "application_type" -> "Application type";
            case "redirect_uris" -> "Redirect URIs";
            case "token_endpoint_auth_method" -> "Client authentication";
            case "token_endpoint_auth_signing_alg" -> "Signing algorithm";
            case "jwks_uri" -> "JWKS URI";
            case "userinfo_signed_response_alg" -> "UserInfo signing";
            case "backchannel_logout_uri" -> "Back-channel logout URI";
            case "backchannel_logout_session_required" -> "Session ID in logout tokens";
            case "conformance_reference" -> "Conformance reference";
            case "connection_agreement_reference" -> "Connection agreement reference";
            case "private_key_jwt_planned_for" -> "Private key JWT planned for";
            case "note" -> "Note to the operators";
            default -> member;
        };
    }

    /** {@code private_key_jwt} as people say it; empty for what is no client authentication. */
    public static Optional<String> authMethod(String method) {
        return Optional.ofNullable(
                switch (method) {
                    case "private_key_jwt" -> "Private key JWT";
                    case "client_secret_jwt" -> "Client secret JWT";
                    case "client_secret_post" -> "Client secret, sent in the request body";
                    case "client_secret_basic" -> "Client secret, sent with HTTP Basic authentication";
                    default -> null;
                });
    }

    /** With its code, for readers who know the one or the other. */
    static String mechanism(String code) {
        return code.equals("not-signed")
                ? "not signed"
                : authMethod(code).map(name -> name + " (" + code + ")").orElse(code);
    }
}

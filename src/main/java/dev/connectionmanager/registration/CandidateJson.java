package dev.connectionmanager.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    private static final Set<String> READ_ONLY = Set.of(
            "client_id",
            "client_id_issued_at",
            "client_secret",
            "client_secret_expires_at",
            "environment",
            "application_id",
            "state",
            "suspension",
            "version");

    /** Said of the registration, not part of it: may be sent back as it was shown by any answer. */
    private static final String WARNINGS = "warnings";

    private CandidateJson() {}

    /**
     * Reads what was sent.
     *
     * @param json the whole body
     * @param current the registration as it was last shown: what only the portal sets may be sent back unchanged
     */
    public static Reading read(ObjectNode json, Optional<ObjectNode> current) {
        var members = new JsonMembers(json);
        var candidate = new Candidate(
                members.text("client_name"),
                members.text("application_type"),
                members.texts("redirect_uris"),
                members.text("token_endpoint_auth_method"),
                members.text("token_endpoint_auth_signing_alg"),
                members.text("jwks_uri"),
                members.text("userinfo_signed_response_alg"),
                members.text("backchannel_logout_uri"),
                members.bool("backchannel_logout_session_required"));
        members.refuseChanges(READ_ONLY, current.orElseGet(JsonNodeFactory.instance::objectNode));
        var known = new HashSet<>(METADATA);
        known.addAll(READ_ONLY);
        known.add(WARNINGS);
        if (members.has("jwks")) {
            known.add("jwks");
            members.add("jwks", Rule.JWKS_BY_VALUE);
        }
        members.refuseOthers(known);
        return new Reading(candidate, members.violations());
    }

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

    /**
     * A body read.
     *
     * @param candidate what could be read
     * @param violations what could not
     */
    public record Reading(Candidate candidate, Violations violations) {
        /** What is typed on a page can always be read. */
        public static Reading of(Candidate candidate) {
            return new Reading(candidate, Violations.NONE);
        }

        /** These and what the rules say; where something could not be read, only that. */
        public Violations and(Violations judged) {
            var unreadable = violations.all().stream().map(Violation::path).collect(Collectors.toSet());
            return violations.and(new Violations(judged.all().stream()
                    .filter(violation -> !unreadable.contains(violation.path()))
                    .toList()));
        }
    }
}

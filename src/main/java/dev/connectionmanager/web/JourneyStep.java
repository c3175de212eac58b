package dev.connectionmanager.web;

import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The question pages of a registration, in order. */
enum JourneyStep {
    CLIENT_NAME("client-name", "client_name"),
    REDIRECT_URIS("redirect-uris", "redirect_uris"),
    AUTHENTICATION("authentication", "token_endpoint_auth_method"),
    KEYS("keys", "jwks_uri", "token_endpoint_auth_signing_alg"),
    USERINFO("userinfo", "userinfo_signed_response_alg"),
    LOGOUT("logout", "backchannel_logout_uri", "backchannel_logout_session_required");

    private final String path;
    private final List<String> members;

    JourneyStep(String path, String... members) {
        this.path = path;
        this.members = List.of(members);
    }

    /** The last part of the page's address. */
    public String path() {
        return path;
    }

    static Optional<JourneyStep> of(String path) {
        return Stream.of(values()).filter(step -> step.path.equals(path)).findFirst();
    }

    /** The step on which a metadata member is asked for. */
    static JourneyStep asking(String member) {
        return Stream.of(values())
                .filter(step -> step.members.contains(member))
                .findFirst()
                .orElse(CLIENT_NAME);
    }

    /** The findings about what this page asks. */
    Violations on(Violations all) {
        return new Violations(all.all().stream()
                .filter(violation -> members.contains(violation.path().split("/")[0]))
                .toList());
    }

    /** The next page; empty = check your answers. Only a client with keys of its own is asked where they are. */
    Optional<JourneyStep> next(Candidate candidate) {
        return Stream.of(values())
                .filter(step -> step.ordinal() > ordinal() && step.asked(candidate))
                .findFirst();
    }

    /** The page before; empty = the application's page. */
    Optional<JourneyStep> previous(Candidate candidate) {
        return Stream.of(values())
                .filter(step -> step.ordinal() < ordinal() && step.asked(candidate))
                .reduce((first, second) -> second);
    }

    private boolean asked(Candidate candidate) {
        return this != KEYS || "private_key_jwt".equals(candidate.tokenEndpointAuthMethod());
    }
}

package dev.connectionmanager.web;

import com.google.common.hash.Hashing;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.registration.CandidateJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** Whether one of these pages asks for this. */
    static boolean asks(String member) {
        return Stream.of(values()).anyMatch(step -> step.members.contains(member));
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

    /** What a candidate has of what this page asks. */
    private Candidate only(Candidate c) {
        return switch (this) {
            case CLIENT_NAME -> Candidate.EMPTY.withClientName(c.clientName());
            case REDIRECT_URIS -> Candidate.EMPTY.withRedirectUris(c.redirectUris());
            case AUTHENTICATION -> Candidate.EMPTY.withAuthentication(c.tokenEndpointAuthMethod(), null, null);
            case KEYS -> Candidate.EMPTY.withAuthentication(null, c.tokenEndpointAuthSigningAlg(), c.jwksUri());
            case USERINFO -> Candidate.EMPTY.withUserinfoSignedResponseAlg(c.userinfoSignedResponseAlg());
            case LOGOUT ->
                Candidate.EMPTY.withBackchannelLogout(c.backchannelLogoutUri(), c.backchannelLogoutSessionRequired());
        };
    }

    boolean answered(Candidate candidate) {
        return !only(candidate).equals(Candidate.EMPTY);
    }

    /** Moves with what this page asks, and with nothing else. */
    String tag(Candidate candidate) {
        return Hashing.sha256()
                .hashString(CandidateJson.toJson(only(candidate)).toString(), StandardCharsets.UTF_8)
                .toString();
    }

    /** What somebody else has answered here since the page was opened. */
    String changedTo(Candidate candidate) {
        var now = SideBySide.of(Candidate.EMPTY, only(candidate)).stream()
                .map(setting -> setting.memberName() + " ‘" + String.join("’, ‘", setting.asked()) + "’")
                .collect(Collectors.joining("; "));
        return "This has changed since you opened the page. Now it "
                + (now.isEmpty() ? "is empty" : "is: " + now)
                + ". Nothing was saved: continue to replace it with what is below.";
    }

    /** The HTML id of the first thing that this page asks. */
    String field() {
        return members.get(0);
    }

    private boolean asked(Candidate candidate) {
        return this != KEYS || "private_key_jwt".equals(candidate.tokenEndpointAuthMethod());
    }
}

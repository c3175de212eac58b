package dev.connectionmanager.mock.fault;

import static dev.connectionmanager.mock.fault.Changes.answering;
import static dev.connectionmanager.mock.fault.Changes.moved;
import static dev.connectionmanager.mock.fault.Changes.put;
import static dev.connectionmanager.mock.fault.Changes.refused;
import static dev.connectionmanager.mock.fault.Changes.signed;
import static dev.connectionmanager.mock.fault.Changes.withPort;
import static dev.connectionmanager.mock.fault.Changes.without;

import dev.connectionmanager.mock.fault.Draft.Signature;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the mock can do wrong on purpose, each at one point. A relying party that takes the answer all the same is at fault.
 * {@code <user>@<fault>} as a user name wants one for a log-in; a test wants them by its API.
 */
public enum Fault {
    AUTHORIZATION_ACCESS_DENIED(
            Point.AUTHORIZATION,
            "Shows that the log-in was refused, and lets the person try again.",
            refused("access_denied", "Resource Owner did not authorize the request")),
    AUTHORIZATION_SERVER_ERROR(
            Point.AUTHORIZATION,
            "Shows that the log-in failed, and lets the person try again.",
            refused("server_error", "An error occurred")),
    STATE_WRONG(Point.AUTHORIZATION, "Refuses an answer whose state is not its own.", put("state", "somebody-elses")),
    STATE_MISSING(Point.AUTHORIZATION, "Refuses an answer without its state.", without("state")),
    CODE_MISSING(Point.AUTHORIZATION, "Refuses an answer that has neither a code nor an error.", without("code")),
    CODE_WRONG(Point.AUTHORIZATION, "Shows that the log-in failed where its code is refused.", put("code", "made-up")),
    ISSUER_PARAMETER_WRONG(
            Point.AUTHORIZATION,
            "Refuses an answer of another issuer (RFC 9207).",
            put("iss", "https://other.example/mock")),

    TOKENS_INVALID_GRANT(
            Point.TOKENS, "Begins the log-in anew.", answering(400, "invalid_grant", "The code was refused.")),
    TOKENS_INVALID_CLIENT(
            Point.TOKENS,
            "Shows that the log-in failed, and tells its operators.",
            answering(401, "invalid_client", "No")),
    TOKENS_429(Point.TOKENS, "Waits as long as Retry-After says.", answering(429, "temporarily_unavailable", "Busy")),
    TOKENS_500(Point.TOKENS, "Shows that the log-in failed.", answering(500, "server_error", "An error occurred")),
    TOKENS_503(Point.TOKENS, "Waits as long as Retry-After says.", answering(503, "temporarily_unavailable", "Busy")),
    TOKENS_NOT_JSON(Point.TOKENS, "Refuses what is no JSON.", draft -> draft.text("<html>An error occurred</html>")),
    TOKENS_SLOW(Point.TOKENS, "Waits, and shows the person that it does.", draft -> draft.delay(3)),
    TOKENS_HANGING(Point.TOKENS, "Gives up after some seconds, and says so.", draft -> draft.delay(60)),
    TOKENS_CUT_OFF(Point.TOKENS, "Shows that the log-in failed.", Draft::cut),
    TOKENS_WITHOUT_ID_TOKEN(Point.TOKENS, "Refuses an answer without an ID token.", without("id_token")),
    TOKENS_WITHOUT_ACCESS_TOKEN(Point.TOKENS, "Refuses an answer without an access token.", without("access_token")),
    TOKEN_TYPE_WRONG(Point.TOKENS, "Refuses a token type that it does not know.", put("token_type", "mac")),
    ID_TOKEN_MALFORMED(Point.TOKENS, "Refuses what is no JWT.", put("id_token", "not.a.token")),

    ISS_WRONG(Point.ID_TOKEN, "Refuses an ID token of another issuer.", put("iss", "https://other.example/mock")),
    ISS_MISSING(Point.ID_TOKEN, "Refuses an ID token without iss.", without("iss")),
    ISS_WITH_PORT(
            Point.ID_TOKEN,
            "Compares iss character by character: with :443 it is another issuer.",
            draft -> draft.members().computeIfPresent("iss", (name, iss) -> withPort(iss.toString()))),
    ISS_WITH_SLASH(Point.ID_TOKEN, "Compares iss character by character.", draft -> draft.members()
            .computeIfPresent("iss", (name, iss) -> iss + "/")),
    AUD_WRONG(Point.ID_TOKEN, "Refuses an ID token for another client.", put("aud", "other-client")),
    AUD_MISSING(Point.ID_TOKEN, "Refuses an ID token without aud.", without("aud")),
    AUD_OF_OTHERS_TOO(
            Point.ID_TOKEN, "Refuses audiences that it does not trust beside its own.", draft -> draft.members()
                    .computeIfPresent("aud", (name, aud) -> List.of("other-client", aud))),
    AZP_WRONG(Point.ID_TOKEN, "Refuses an ID token whose azp is another client.", put("azp", "other-client")),
    NONCE_WRONG(Point.ID_TOKEN, "Refuses a nonce that is not its own.", put("nonce", "somebody-elses")),
    NONCE_MISSING(Point.ID_TOKEN, "Refuses an ID token without the nonce that it sent.", without("nonce")),
    SUB_MISSING(Point.ID_TOKEN, "Refuses an ID token without sub.", without("sub")),
    EXP_MISSING(Point.ID_TOKEN, "Refuses an ID token without exp.", without("exp")),
    EXPIRED(Point.ID_TOKEN, "Refuses an ID token that has ended.", moved(-7_200)),
    IAT_MISSING(Point.ID_TOKEN, "Refuses an ID token without iat.", without("iat")),
    FROM_THE_FUTURE(Point.ID_TOKEN, "Refuses an ID token that is issued in the future.", moved(7_200)),
    AT_HASH_WRONG(
            Point.ID_TOKEN,
            "Refuses an access token that is not the ID token’s.",
            put("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
    AT_HASH_MISSING(Point.ID_TOKEN, "Refuses an access token that nothing ties to the ID token.", without("at_hash")),
    ACR_WRONG(Point.ID_TOKEN, "Refuses a log-in that is weaker than it asked for.", put("acr", "AAL1_USERPASS")),
    ACR_MISSING(Point.ID_TOKEN, "Refuses a log-in whose strength it is not told.", without("acr")),
    AUTH_TIME_MISSING(
            Point.ID_TOKEN, "Refuses an ID token without the auth_time that max_age asks for.", without("auth_time")),
    AUTH_TIME_OLD(Point.ID_TOKEN, "Refuses a log-in that is older than max_age.", draft -> draft.members()
            .computeIfPresent("auth_time", (name, time) -> ((Number) time).longValue() - 86_400)),
    LEVEL_AS_NUMBER(
            Point.ID_TOKEN, "Reads a level that is a number as well as one that is a text.", draft -> draft.members()
                    .computeIfPresent(
                            "authentication_assurance_level", (name, level) -> Integer.valueOf((String) level))),
    LEVEL_LOW(Point.ID_TOKEN, "Refuses a level lower than it needs.", put("authentication_assurance_level", "1")),
    SIGNATURE_BAD(Point.ID_TOKEN, "Refuses an ID token whose signature is bad.", signed(Signature.BROKEN)),
    KEY_UNKNOWN(
            Point.ID_TOKEN,
            "Reads the key set again, once, and refuses what is signed with a key that is not in it.",
            signed(Signature.OTHER_KEY).andThen(draft -> draft.header().put("kid", "unknown"))),
    ALG_NONE(Point.ID_TOKEN, "Refuses what is not signed, whatever its header says.", signed(Signature.NONE)),
    ALG_HS256(
            Point.ID_TOKEN,
            "Takes no other algorithm than RS256: here the public key is taken for a secret.",
            signed(Signature.PUBLIC_KEY_AS_SECRET)),

    USERINFO_401(
            Point.USERINFO,
            "Shows that the log-in failed.",
            answering(401, "invalid_token", "The access token is bad.")),
    USERINFO_500(Point.USERINFO, "Shows that the log-in failed.", answering(500, "server_error", "An error occurred")),
    USERINFO_SUB_OTHER(Point.USERINFO, "Refuses UserInfo of somebody else.", put("sub", "910000000099")),
    USERINFO_SUB_MISSING(Point.USERINFO, "Refuses UserInfo of nobody.", without("sub")),
    USERINFO_UNSIGNED(
            Point.USERINFO, "Refuses plain JSON where it registered a signature.", signed(Signature.LEFT_OUT)),
    USERINFO_OTHER_KEY(Point.USERINFO, "Refuses UserInfo signed with another key.", signed(Signature.OTHER_KEY)),
    ROLES_MISSING(Point.USERINFO, "Lets nobody in who has no role, and says so.", without(Changes.ROLES)),
    ROLES_EMPTY(Point.USERINFO, "Lets nobody in who has no role, and says so.", put(Changes.ROLES, List.of())),
    ROLES_MALFORMED(Point.USERINFO, "Refuses roles that it cannot read.", put(Changes.ROLES, "S8000:G8000:R8000")),
    ROLES_AS_OBJECT(Point.USERINFO, "Reads a list of one that comes as an object.", draft -> draft.members()
            .computeIfPresent(Changes.ROLES, (name, roles) -> ((List<?>) roles).get(0))),
    SELECTED_ROLE_OTHER(
            Point.USERINFO,
            "Refuses a selected role that is none of the person’s.",
            put("selected_roleid", "999999999999")),

    KEYS_OLD(Point.KEYS, "Reads the key set again later, and refuses what it cannot check.", put("keys", List.of())),
    KEYS_500(Point.KEYS, "Goes on with the keys that it knows.", answering(500, "server_error", "An error occurred")),
    DISCOVERY_ISSUER_WRONG(
            Point.DISCOVERY, "Refuses metadata of another issuer.", put("issuer", "https://other.example/mock")),
    DISCOVERY_WITHOUT_KEYS(Point.DISCOVERY, "Refuses metadata without jwks_uri.", without("jwks_uri")),
    DISCOVERY_500(Point.DISCOVERY, "Goes on with what it knows.", answering(500, "server_error", "An error occurred")),

    LOGOUT_NOBODY(
            Point.LOGOUT_TOKEN,
            "Refuses a logout token with neither sub nor sid.",
            without("sub").andThen(without("sid"))),
    LOGOUT_WITHOUT_SID(Point.LOGOUT_TOKEN, "Refuses it where it registered that sid is required.", without("sid")),
    LOGOUT_NONCE(
            Point.LOGOUT_TOKEN,
            "Refuses a logout token with a nonce: it is an ID token in disguise.",
            put("nonce", "n")),
    LOGOUT_AUD_WRONG(Point.LOGOUT_TOKEN, "Refuses a logout token for another client.", put("aud", "other-client")),
    LOGOUT_EXPIRED(Point.LOGOUT_TOKEN, "Refuses a logout token that has ended.", moved(-7_200)),
    LOGOUT_REPLAYED(Point.LOGOUT_TOKEN, "Takes each jti once.", put("jti", "replayed")),
    LOGOUT_WITHOUT_EVENT(Point.LOGOUT_TOKEN, "Refuses a token without the event of a log-out.", without("events")),
    LOGOUT_ALG_NONE(Point.LOGOUT_TOKEN, "Refuses what is not signed.", signed(Signature.NONE));

    private final Point point;
    private final String goodClient;
    private final Consumer<Draft> act;

    Fault(Point point, String goodClient, Consumer<Draft> act) {
        this.point = point;
        this.goodClient = goodClient;
        this.act = act;
    }

    /** The word by which it is asked for: {@code nonce-wrong}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Fault> ofCode(String code) {
        return Stream.of(values()).filter(fault -> fault.code().equals(code)).findFirst();
    }

    public Point point() {
        return point;
    }

    /** What a good relying party does about it: a sentence. */
    public String goodClient() {
        return goodClient;
    }

    void act(Draft draft) {
        act.accept(draft);
    }
}

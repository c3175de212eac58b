package dev.connectionmanager.mock;

import static dev.connectionmanager.mock.fault.Fault.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.PortalTest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault is found by exactly one check of a strict relying party, which succeeds without it. */
@PortalTest
class FaultsTest {
    /** What the relying party then says. */
    private static final Map<Fault, String> FOUND = found();

    private static Map<Fault, String> found() {
        var found = new EnumMap<Fault, String>(Fault.class);
        found.put(AUTHORIZATION_ACCESS_DENIED, "authorization error access_denied");
        found.put(AUTHORIZATION_SERVER_ERROR, "authorization error server_error");
        found.put(STATE_WRONG, "Failed: state");
        found.put(STATE_MISSING, "Failed: state");
        found.put(CODE_MISSING, "Failed: code");
        found.put(CODE_WRONG, "token error 400 invalid_grant");
        found.put(ISSUER_PARAMETER_WRONG, "iss parameter");
        found.put(TOKENS_INVALID_GRANT, "token error 400 invalid_grant");
        found.put(TOKENS_INVALID_CLIENT, "token error 401 invalid_client");
        found.put(TOKENS_429, "token error 429");
        found.put(TOKENS_500, "token error 500");
        found.put(TOKENS_503, "token error 503");
        found.put(TOKENS_NOT_JSON, "Invalid JSON");
        found.put(TOKENS_SLOW, "Read timed out");
        found.put(TOKENS_HANGING, "Read timed out");
        // Java’s client then sends the request again by itself, and the code is good once.
        found.put(TOKENS_CUT_OFF, "token error 400 invalid_grant");
        found.put(TOKENS_WITHOUT_ID_TOKEN, "Failed: id_token");
        found.put(TOKENS_WITHOUT_ACCESS_TOKEN, "access_token");
        found.put(TOKEN_TYPE_WRONG, "token_type");
        found.put(ID_TOKEN_MALFORMED, "ID token");
        found.put(ISS_WRONG, "Unexpected JWT issuer");
        found.put(ISS_MISSING, "Missing JWT issuer");
        found.put(ISS_WITH_PORT, "Unexpected JWT issuer");
        found.put(ISS_WITH_SLASH, "Unexpected JWT issuer");
        found.put(AUD_WRONG, "Unexpected JWT audience");
        found.put(AUD_MISSING, "Missing JWT audience");
        found.put(AUD_OF_OTHERS_TOO, "aud of others");
        found.put(AZP_WRONG, "Failed: azp");
        found.put(NONCE_WRONG, "Unexpected JWT nonce");
        found.put(NONCE_MISSING, "Missing JWT nonce");
        found.put(SUB_MISSING, "Missing JWT subject");
        found.put(EXP_MISSING, "Missing JWT expiration");
        found.put(EXPIRED, "Expired JWT");
        found.put(IAT_MISSING, "Missing JWT issue time");
        found.put(FROM_THE_FUTURE, "JWT issue time ahead");
        found.put(AT_HASH_WRONG, "at_hash");
        found.put(AT_HASH_MISSING, "Failed: at_hash");
        found.put(ACR_WRONG, "acr AAL1_USERPASS");
        found.put(ACR_MISSING, "acr null");
        found.put(AUTH_TIME_MISSING, "Failed: auth_time");
        found.put(AUTH_TIME_OLD, "auth_time is too old");
        found.put(LEVEL_AS_NUMBER, "level is no text");
        found.put(LEVEL_LOW, "level 1");
        found.put(SIGNATURE_BAD, "Invalid signature");
        found.put(KEY_UNKNOWN, "no matching key");
        found.put(ALG_NONE, "Signed ID token expected");
        found.put(ALG_HS256, "no matching key");
        found.put(USERINFO_401, "UserInfo error 401");
        found.put(USERINFO_500, "UserInfo error 500");
        found.put(USERINFO_SUB_OTHER, "UserInfo sub 910000000099");
        found.put(USERINFO_SUB_MISSING, "UserInfo sub null");
        found.put(USERINFO_UNSIGNED, "UserInfo is not signed");
        found.put(USERINFO_OTHER_KEY, "UserInfo signature");
        found.put(ROLES_MISSING, "roles missing");
        found.put(ROLES_EMPTY, "roles empty");
        found.put(ROLES_MALFORMED, "roles String");
        found.put(ROLES_AS_OBJECT, "roles ");
        found.put(SELECTED_ROLE_OTHER, "selected role");
        found.put(KEYS_OLD, "no matching key");
        found.put(KEYS_500, "500");
        found.put(DISCOVERY_ISSUER_WRONG, "issuer");
        found.put(DISCOVERY_WITHOUT_KEYS, "JWK set");
        found.put(DISCOVERY_500, "500");
        found.put(LOGOUT_NOBODY, "sub");
        found.put(LOGOUT_WITHOUT_SID, "Failed: sid");
        found.put(LOGOUT_NONCE, "nonce");
        found.put(LOGOUT_AUD_WRONG, "aud claim rejected");
        found.put(LOGOUT_EXPIRED, "Expired JWT");
        found.put(LOGOUT_REPLAYED, "Failed: jti");
        found.put(LOGOUT_WITHOUT_EVENT, "events");
        found.put(LOGOUT_ALG_NONE, "Unsecured");
        return found;
    }

    private MockTest test;
    private MockTest.Client client;
    private StrictLogIn known;
    private final Set<String> seen = new HashSet<>();
    private static final Set<Fault> HELD_UP = EnumSet.of(TOKENS_SLOW, TOKENS_HANGING);

    @BeforeEach
    void make() {
        test = MockTest.make();
        client = client(test);
    }

    private static MockTest.Client client(MockTest test) {
        return test.client(
                Map.of("userinfo_signed_response_alg", "RS256", "backchannel_logout_uri", "http://127.0.0.1:8999/out"));
    }

    /** Each half in a test of its own, beside the other: those that are slow take time alone. */
    @Test
    void eachIsFoundByOneCheckThatPassesWithoutIt() throws Exception {
        assertThat(FOUND).containsOnlyKeys(Fault.values());
        assertThat(Fault.values()).hasSizeGreaterThan(40);
        var faults = Stream.of(Fault.values())
                .filter(fault -> fault.point() != Point.LOGOUT_TOKEN)
                .collect(Collectors.partitioningBy(fault -> fault.ordinal() % 2 == 0));
        var other = MockTest.make();
        var others = AtOnce.each(
                half -> () -> half == 0
                        ? foundOtherwise(test, client, faults.get(true))
                        : foundOtherwise(other, client(other), faults.get(false)),
                2);
        assertThat(others).allSatisfy(one -> assertThat(one).isEmpty());
    }

    /** Each is wanted once. One that did not act at its log-in would fail the next one, by another check. */
    private static Map<String, String> foundOtherwise(MockTest test, MockTest.Client client, List<Fault> faults) {
        var logIn = new StrictLogIn(test.issuer(), client, USER);
        assertThat(logIn.failing()).isEmpty();
        var others = new TreeMap<String, String>();
        for (var fault : faults) {
            test.want(fault.code(), 1);
            var reads = EnumSet.of(Point.DISCOVERY, Point.KEYS).contains(fault.point());
            var rehearsal = reads ? new StrictLogIn(test.issuer(), client, USER) : logIn.again();
            note(
                    others,
                    fault,
                    rehearsal.patient(HELD_UP.contains(fault) ? 500 : 30_000).failing());
        }
        assertThat(logIn.again().failing()).isEmpty();
        return others;
    }

    @Test
    void badLogoutTokensAreFoundToo() {
        var others = new TreeMap<String, String>();
        assertThat(logOut("")).isEmpty();
        logOut("?logout_token=logout-replayed");
        Stream.of(Fault.values())
                .filter(fault -> fault.point() == Point.LOGOUT_TOKEN)
                .forEach(fault -> note(others, fault, logOut("?logout_token=" + fault.code())));
        assertThat(others).isEmpty();
    }

    private static void note(Map<String, String> others, Fault fault, String failing) {
        if (failing.isEmpty() || !failing.contains(FOUND.get(fault))) {
            others.put(fault.code(), failing);
        }
    }

    /** By the name of the user it goes wrong at the public issuer too, and for a log-in alone. */
    @Test
    void aUserNameCanWantOne() {
        assertThat(new StrictLogIn(test.issuer(), client, USER + "@nonce-wrong").failing())
                .contains(FOUND.get(NONCE_WRONG));
        assertThat(new StrictLogIn(test.issuer(), client, USER + "@userinfo-sub-other").failing())
                .contains(FOUND.get(USERINFO_SUB_OTHER));
        assertThat(logIn().failing()).isEmpty();
    }

    @Test
    void oneIsWantedSoOftenAndIsInTheLog() {
        test.want("nonce-wrong", 2);
        assertThat(logIn().failing()).contains(FOUND.get(NONCE_WRONG));
        assertThat(logIn().failing()).contains(FOUND.get(NONCE_WRONG));
        assertThat(logIn().failing()).isEmpty();
        assertThat(test.request().get(test.path("log")).<java.util.List<String>>path("items.fault"))
                .contains("nonce-wrong");
    }

    private StrictLogIn logIn() {
        return new StrictLogIn(test.issuer(), client, USER);
    }

    private String logOut(String query) {
        var logIn = known == null ? logIn() : known.again();
        assertThat(logIn.failing()).isEmpty();
        known = logIn;
        var answer = test.request().delete(test.path("sessions/" + logIn.sid()) + query);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<String>path("items[0].client_id")).isEqualTo(client.id());
        try {
            var claims = new LogoutTokenValidator(
                            new Issuer(test.issuer()), new ClientID(client.id()), JWSAlgorithm.RS256, logIn.keys())
                    .validate(JWTParser.parse(answer.<String>path("items[0].logout_token")));
            if (claims.getSessionID() == null) {
                throw new StrictLogIn.Failed("sid");
            }
            if (!seen.add(claims.getJWTID().getValue())) {
                throw new StrictLogIn.Failed("jti");
            }
            return "";
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** With one role, at AAL3. */
    private static final String USER = "aal3-one-role";
}

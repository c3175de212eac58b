package dev.connectionmanager.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenID Connect Back-Channel Logout 1.0, told by the local OpenID Provider and by forgers. */
@PortalTest
class BackChannelLogoutTest {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    /** Not the OpenID Provider's. */
    private static final RSAKey STRANGER = LaboratoryInternet.KEY;

    private static final JOSEObjectType TYPE = new JOSEObjectType("logout+jwt");

    @Inject
    Sessions sessions;

    @Test
    void loggingOutAtTheOpenIdProviderEndsTheSessionHere() {
        var owner = BrowserSession.of("owner");
        var elsewhere = BrowserSession.of("owner");
        var cookie = owner.cookie();
        assertThat(BrowserSession.holds(cookie)).isTrue();
        Persons.get(owner.browser(), "/local/openid/logout");
        assertThat(BrowserSession.holds(cookie)).isFalse();
        assertThat(elsewhere.holds())
                .as("another session at the OpenID Provider")
                .isTrue();
    }

    @Test
    void aTokenForAPersonEndsAllTheirSessionsAndNobodyElses() throws Exception {
        var here = BrowserSession.of("admin");
        var there = BrowserSession.of("admin");
        var other = BrowserSession.of("viewer");
        post(signed(claims("local-admin"))).then().statusCode(200).header("Cache-Control", equalTo("no-store"));
        assertThat(here.holds()).isFalse();
        assertThat(there.holds()).isFalse();
        assertThat(other.holds()).isTrue();
    }

    @Test
    void aSessionOfAnotherPersonIsNotEndedByItsName() throws Exception {
        var key = sessions.begin("somebody", "session-1", "token", false).orElseThrow();
        post(signed(claims("local-admin").claim("sid", "session-1"))).then().statusCode(200);
        assertThat(sessions.resume(key).map(Sessions.Resumed::idToken)).hasValue("token");
        post(signed(claims(null).claim("sid", "session-1"))).then().statusCode(200);
        assertThat(sessions.resume(key)).isEmpty();
    }

    /** The token may be here before the log-in that it takes back. */
    @Test
    void aLogInThatWasTakenBackMeanwhileDoesNotBegin() throws Exception {
        post(signed(claims("somebody").claim("sid", "session-2"))).then().statusCode(200);
        assertThat(sessions.begin("somebody", "session-2", "token", false)).isEmpty();
        assertThat(sessions.begin("somebody", "session-3", "token", false)).isPresent();
    }

    @Test
    void eachTokenWorksOnce() throws Exception {
        var token = signed(claims("local-operator2"));
        post(token).then().statusCode(200);
        var later = BrowserSession.of("operator2");
        post(token).then().statusCode(400).body("error_description", equalTo("This logout token was used before"));
        assertThat(later.holds()).isTrue();
    }

    static Stream<Arguments> forgeries() throws Exception {
        var now = Instant.now();
        return Stream.of(
                Arguments.of("unsigned", new PlainJWT(claims("local-owner").build()).serialize()),
                Arguments.of(
                        "signed by another key, under the name of one that is known",
                        signed(claims("local-owner").build(), stranger(key().getKeyID()))),
                Arguments.of("signed with the client secret", signedWithTheClientSecret()),
                altered("from another issuer", c -> c.issuer("https://evil.example")),
                altered("without an issuer", c -> c.issuer(null)),
                altered("for another client", c -> c.audience("connection-manager-cli")),
                altered("for nobody", c -> c.audience((String) null)),
                altered("expired", c -> c.expirationTime(Date.from(now.minus(Duration.ofMinutes(2))))),
                altered("without an expiry", c -> c.expirationTime(null)),
                altered("issued long ago", c -> c.issueTime(Date.from(now.minus(Duration.ofMinutes(6))))),
                altered("issued tomorrow", c -> c.issueTime(Date.from(now.plus(Duration.ofDays(1))))),
                altered("without a time of issue", c -> c.issueTime(null)),
                altered("without an id", c -> c.jwtID(null)),
                altered("without events", c -> c.claim("events", null)),
                altered("of another event", c -> c.claim("events", Map.of("https://evil.example", Map.of()))),
                altered("with an event that is no object", c -> c.claim("events", Map.of(EVENT, "yes"))),
                altered("with a nonce, like an ID token", c -> c.claim("nonce", "n")),
                altered("for nobody's session", c -> c.subject(null)),
                Arguments.of(
                        "of another type", signed(claims("local-owner").build(), key(), new JOSEObjectType("at+jwt"))),
                Arguments.of("an ID token", Persons.tokens("owner").get("id_token")),
                Arguments.of("no JWT", "logout"),
                Arguments.of("empty", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void isNotObeyed(String what, String token) {
        var owner = BrowserSession.of("owner");
        post(token)
                .then()
                .statusCode(400)
                .header("Cache-Control", equalTo("no-store"))
                .body("error", equalTo("invalid_request"))
                .body("error_description", not(emptyOrNullString()));
        assertThat(owner.holds()).isTrue();
    }

    /** What one field holds, signed by the OpenID Provider itself: judged like any other, and never a fault of the portal. */
    static Stream<Arguments> claimsOfNoUse() {
        var values = new LinkedHashMap<String, Object>();
        values.put("empty", "");
        values.put("blank", " ");
        values.put("too long", "x".repeat(256));
        values.put("with a NUL", "a\u0000b");
        values.put("with a line feed", "a\nb");
        values.put("a number", 1);
        values.put("true", true);
        values.put("a list", List.of("a"));
        values.put("an empty list", List.of());
        values.put("an object", Map.of("a", "b"));
        return Stream.of("sub", "sid", "jti", "iss", "aud", "iat", "exp", "events", "nbf")
                .flatMap(name -> values.entrySet().stream()
                        .filter(value -> !(name.equals("iat") || name.equals("exp") || name.equals("nbf"))
                                || !value.getKey().equals("a number"))
                        .map(value -> Arguments.of(name, value.getKey(), value.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("claimsOfNoUse")
    void aClaimOfNoUseIsRefused(String name, String what, Object value) throws Exception {
        post(signed(claims("somebody").claim("sid", "session").build().toJSONObject(), name, value))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void keysThatSomebodyMakesUpAreRefusedAndStandInNobodysWay() throws Exception {
        for (int i = 0; i < 3; i++) {
            post(signed(claims("local-owner").build(), stranger("made-up" + i)))
                    .then()
                    .statusCode(400);
        }
        post(signed(claims("local-newcomer"))).then().statusCode(200);
    }

    @Test
    void takesExactlyOneToken() throws Exception {
        given().contentType("application/x-www-form-urlencoded")
                .formParam("logout_token", signed(claims("local-newcomer")), signed(claims("local-newcomer")))
                .post("/logout/back-channel")
                .then()
                .statusCode(400);
        given().contentType("application/x-www-form-urlencoded")
                .post("/logout/back-channel")
                .then()
                .statusCode(400);
        given().get("/logout/back-channel").then().statusCode(405);
    }

    private static Response post(String token) {
        return given().formParam("logout_token", token).post("/logout/back-channel");
    }

    private static Arguments altered(String what, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return Arguments.of(what, signed(change.apply(claims("local-owner"))));
    }

    private static JWTClaimsSet.Builder claims(String subject) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(Persons.address() + "/local/openid")
                .audience("connection-manager")
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(2))))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of(EVENT, Map.of()));
    }

    /** As no library writes it. */
    private static String signed(Map<String, Object> claims, String name, Object value) throws Exception {
        var changed = new HashMap<>(claims);
        changed.put(name, value);
        var jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(TYPE)
                        .keyID(key().getKeyID())
                        .build(),
                new Payload(changed));
        jws.sign(new RSASSASigner(key()));
        return jws.serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims) throws Exception {
        return signed(claims.build(), key());
    }

    private static String signed(JWTClaimsSet claims, RSAKey key) throws Exception {
        return signed(claims, key, TYPE);
    }

    private static String signed(JWTClaimsSet claims, RSAKey key, JOSEObjectType type) throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static String signedWithTheClientSecret() throws Exception {
        var secret = ConfigProvider.getConfig().getValue("quarkus.oidc.credentials.secret", String.class);
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(),
                claims("local-owner").build());
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    /** The OpenID Provider's own: what it says in truth is obeyed, so that refusals are of what is wrong alone. */
    private static RSAKey key() throws Exception {
        var directory = ConfigProvider.getConfig().getValue("connection-manager.local.directory", String.class);
        return RSAKey.parse(Files.readString(Path.of(directory, "openid-signing-key.json")));
    }

    private static RSAKey stranger(String kid) {
        return new RSAKey.Builder(STRANGER).keyID(kid).build();
    }
}

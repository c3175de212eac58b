package dev.connectionmanager.mock.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.claims.CodeHash;
import dev.connectionmanager.mock.RandomTexts;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Faults;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.provider.Grants.Grant;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Signing;
import dev.connectionmanager.mock.user.MockUser;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The tokens of one log-in, in the shape that clients of the real provider meet. OpenID Connect Core 1.0 section 2. */
@Singleton
class TokenMaker {
    static final Duration LIFETIME = Duration.ofHours(1);
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;
    private static final String REALM = "/NHSIdentity/Healthcare";

    private final Signing signing;
    private final Faults faults;

    TokenMaker(Signing signing, Faults faults) {
        this.signing = signing;
        this.faults = faults;
    }

    String accessToken(Issuer issuer, MockClient client, Grant grant, Exchange exchange) {
        var terms = grant.terms();
        var now = issuer.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", terms.userId());
        claims.put("auditTrackingId", auditTrackingId(grant));
        claims.put("iss", issuer.url());
        claims.put("tokenName", "access_token");
        claims.put("token_type", "Bearer");
        claims.put("authGrantId", grant.id().toString());
        claims.put("client_id", client.clientId());
        claims.put("nbf", now);
        claims.put("grant_type", "authorization_code");
        claims.put("scope", terms.scope());
        claims.put("auth_time", terms.authTime().getEpochSecond());
        claims.put("realm", REALM);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("iat", now);
        claims.put("expires_in", LIFETIME.toSeconds());
        claims.put("jti", UUID.randomUUID().toString());
        return signing.sign(issuer, ALGORITHM, Draft.of(Point.ACCESS_TOKEN, claims), exchange);
    }

    /** @param code that it is the answer to */
    String idToken(
            Issuer issuer,
            MockClient client,
            MockUser user,
            Grant grant,
            String code,
            String accessToken,
            Exchange exchange) {
        var terms = grant.terms();
        var now = issuer.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put(
                "at_hash",
                AccessTokenHash.compute(new BearerAccessToken(accessToken), ALGORITHM)
                        .getValue());
        claims.put("sub", terms.userId());
        claims.put("auditTrackingId", auditTrackingId(grant));
        claims.put("amr", java.util.List.of(terms.amr()));
        claims.put("iss", issuer.url());
        claims.put("tokenName", "id_token");
        put(claims, "nonce", terms.nonce());
        claims.put("sid", grant.sid());
        claims.put("aud", client.clientId());
        claims.put(
                "c_hash",
                CodeHash.compute(new AuthorizationCode(code), ALGORITHM).getValue());
        claims.put("acr", terms.acr());
        claims.put("org.forgerock.openidconnect.ops", RandomTexts.next());
        put(claims, "s_hash", terms.stateHash());
        claims.put("azp", client.clientId());
        claims.put("auth_time", terms.authTime().getEpochSecond());
        claims.put("realm", REALM);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("tokenType", "JWTToken");
        claims.put("iat", now);
        claims.put("uid", terms.userId());
        claims.put("id_assurance_level", Integer.toString(user.idAssuranceLevel()));
        claims.put("authentication_assurance_level", Integer.toString(user.authenticationAssuranceLevel()));
        if (terms.scope().contains("selectedrole")) {
            put(claims, "selected_roleid", terms.roleId());
        }
        return signing.sign(issuer, ALGORITHM, Draft.of(Point.ID_TOKEN, claims), exchange);
    }

    /** What the token endpoint answers. */
    Draft answer(Grant grant, String accessToken, String idToken, Exchange exchange) {
        var members = new LinkedHashMap<String, Object>();
        members.put("access_token", accessToken);
        members.put("scope", String.join(" ", grant.terms().scope()));
        members.put("id_token", idToken);
        members.put("token_type", "Bearer");
        members.put("expires_in", LIFETIME.toSeconds() - 1);
        return faults.act(Draft.of(Point.TOKENS, members), exchange);
    }

    private static String auditTrackingId(Grant grant) {
        return grant.id() + "-" + grant.sid().hashCode();
    }

    private static void put(Map<String, Object> claims, String name, Object value) {
        if (value != null) {
            claims.put(name, value);
        }
    }
}

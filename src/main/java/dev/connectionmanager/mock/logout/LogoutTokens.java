package dev.connectionmanager.mock.logout;

import com.nimbusds.jose.JWSAlgorithm;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Signing;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Makes logout tokens: OpenID Connect Back-Channel Logout 1.0 section 2.4. */
@Singleton
class LogoutTokens {
    static final String EXPIRES = "exp";

    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final Signing signing;

    LogoutTokens(Signing signing) {
        this.signing = signing;
    }

    /** What a good one says. */
    static Map<String, Object> claims(Issuer issuer, String clientId, String user, String sid) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer.url());
        claims.put("sub", user);
        claims.put("aud", clientId);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sid", sid);
        claims.put("events", Map.of(EVENT, Map.of()));
        return issuedNow(issuer, claims);
    }

    /** The same as if it were made now: whoever has taken it already knows it by its {@code jti}. */
    static Map<String, Object> issuedNow(Issuer issuer, Map<String, Object> claims) {
        var now = issuer.now().getEpochSecond();
        var anew = new LinkedHashMap<>(claims);
        anew.put("iat", now);
        anew.put(EXPIRES, now + LIFETIME.toSeconds());
        return anew;
    }

    /** @param exchange may want a fault, and notes it */
    String sign(Issuer issuer, Map<String, Object> claims, Exchange exchange) {
        return signing.sign(issuer, JWSAlgorithm.RS256, Draft.of(Point.LOGOUT_TOKEN, claims), exchange);
    }
}

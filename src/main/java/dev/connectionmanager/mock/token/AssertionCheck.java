package dev.connectionmanager.mock.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.mock.client.ClientKeySets;
import dev.connectionmanager.mock.client.ClientKeySets.KeySet;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.client.UsedAssertions;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.provider.Issuer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Judges a client assertion: RFC 7523 section 3, OpenID Connect Core 1.0 section 9. Every check is made, whatever came of the
 * one before, so that a developer sees all at once.
 */
@Singleton
class AssertionCheck {
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    /** For clocks that are not quite the same. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final String SIGNATURE = "client_assertion signature";
    private static final String ALG = "client_assertion alg";
    private static final String KID = "client_assertion kid";

    private final MockClients clients;
    private final ClientKeySets keySets;
    private final UsedAssertions used;

    AssertionCheck(MockClients clients, ClientKeySets keySets, UsedAssertions used) {
        this.clients = clients;
        this.keySets = keySets;
        this.used = used;
    }

    /** @return whether it proves who the client is */
    boolean passes(Issuer issuer, MockClient client, String assertion, Exchange exchange) {
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            var parsed = JWTParser.parse(assertion);
            claims = Objects.requireNonNullElse(parsed.getJWTClaimsSet(), new JWTClaimsSet.Builder().build());
            tell(parsed.getHeader().toJSONObject().entrySet(), List.of("alg", "kid", "typ"), exchange);
            tell(claims.toJSONObject().entrySet(), List.of("iss", "sub", "aud", "exp", "iat", "nbf", "jti"), exchange);
            if (!(parsed instanceof SignedJWT signed)) {
                exchange.failed(
                        ALG,
                        "The assertion is not signed: alg is "
                                + parsed.getHeader().getAlgorithm());
                return false;
            }
            jwt = signed;
        } catch (ParseException | IllegalArgumentException e) {
            exchange.failed(
                    "client_assertion",
                    "This is no JWT that can be read: three parts in Base64url, with JSON in the first two");
            return false;
        }
        var signed = algorithm(client, jwt, exchange) && signature(client, jwt, exchange);
        var said = claims(issuer, client, claims, exchange);
        return signed && said && firstUse(issuer, client, claims, exchange);
    }

    private static void tell(
            Iterable<? extends java.util.Map.Entry<String, Object>> members, List<String> known, Exchange exchange) {
        for (var member : members) {
            if (known.contains(member.getKey())) {
                exchange.asserted(member.getKey(), String.valueOf(member.getValue()));
            }
        }
    }

    private static boolean algorithm(MockClient client, SignedJWT jwt, Exchange exchange) {
        var sent = jwt.getHeader().getAlgorithm().getName();
        var authentication = client.authentication();
        var secret = authentication.method() == TokenEndpointAuthMethod.CLIENT_SECRET_JWT;
        if (authentication.signingAlg() != null) {
            if (!authentication.signingAlg().equals(sent)) {
                exchange.failed(
                        ALG,
                        "The assertion is signed with another algorithm than the registered one",
                        sent,
                        authentication.signingAlg());
                return false;
            }
        } else if (secret
                ? !sent.equals("HS256")
                : sent.startsWith("HS") || !authentication.listedAlgs().contains(sent)) {
            var fitting = authentication.listedAlgs().stream()
                    .filter(alg -> secret == alg.startsWith("HS"))
                    .collect(Collectors.joining(", "));
            exchange.failed(ALG, "An assertion of this client may be signed with " + fitting, sent, fitting);
            return false;
        }
        exchange.passed(ALG, "The algorithm is " + sent);
        return true;
    }

    private boolean signature(MockClient client, SignedJWT jwt, Exchange exchange) {
        if (client.authentication().method() == TokenEndpointAuthMethod.PRIVATE_KEY_JWT) {
            return signedByKey(client, jwt, exchange);
        }
        if (clients.anySecret(client, secret -> signedWith(secret, jwt))) {
            exchange.passed(SIGNATURE, "The signature is made with the client secret");
            return true;
        }
        exchange.failed(
                SIGNATURE,
                "The signature is not made with a secret of this client that works: the key is the UTF-8 text of the secret, not decoded");
        return false;
    }

    private static boolean signedWith(String secret, SignedJWT jwt) {
        try {
            return jwt.verify(new MACVerifier(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            return false;
        }
    }

    private boolean signedByKey(MockClient client, SignedJWT jwt, Exchange exchange) {
        var kid = jwt.getHeader().getKeyID();
        var set = keySets.of(client, kid);
        if (set.keys() == null) {
            exchange.failed(
                    "jwks_uri",
                    "The key set could not be fetched (" + set.trouble() + "), last tried at " + set.triedAt()
                            + ". It is tried again a minute after that");
            return false;
        }
        tellFetch(set, exchange);
        var fitting = set.keys().getKeys().stream()
                .filter(key -> kid == null || kid.equals(key.getKeyID()))
                .toList();
        if (!named(kid, set, fitting, exchange)) {
            return false;
        }
        if (fitting.stream().anyMatch(key -> verifies(key, jwt))) {
            exchange.passed(SIGNATURE, "The signature is made with the private half of this key");
            return true;
        }
        exchange.failed(
                SIGNATURE,
                kid == null
                        ? "The signature is made with no key of the key set"
                        : "The key with this kid does not verify the signature: the assertion was signed with another private key, or changed after it was signed");
        return false;
    }

    private static void tellFetch(KeySet set, Exchange exchange) {
        if (set.trouble() != null) {
            exchange.warned(
                    "jwks_uri",
                    "The key set could not be fetched again (" + set.trouble() + "); the one of " + set.fetchedAt()
                            + " is used for an hour");
        } else if (set.fetchedAt() != null) {
            exchange.passed(
                    "jwks_uri", "The key set of " + set.fetchedAt() + " is used; it is fetched again after an hour");
        }
    }

    private static boolean named(String kid, KeySet set, List<JWK> fitting, Exchange exchange) {
        if (kid == null) {
            if (set.keys().size() > 1) {
                exchange.failed(
                        KID,
                        "The assertion names no key (kid), and the key set holds "
                                + set.keys().size());
                return false;
            }
            exchange.warned(KID, "The assertion names no key (kid): that works only while the key set holds one key");
            return true;
        }
        if (fitting.isEmpty()) {
            exchange.failed(
                    KID,
                    "The key set has no usable key with this kid. A key that was published after the key set was fetched is looked for again a minute later",
                    kid,
                    set.keys().getKeys().stream()
                            .map(JWK::getKeyID)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")));
            return false;
        }
        exchange.passed(KID, "The key set has a key with this kid");
        return true;
    }

    private static boolean verifies(JWK key, SignedJWT jwt) {
        try {
            return key instanceof AsymmetricJWK pair
                    && jwt.verify(
                            new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), pair.toPublicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }

    private static boolean claims(Issuer issuer, MockClient client, JWTClaimsSet claims, Exchange exchange) {
        var whose = names("iss", claims.getIssuer(), client, exchange);
        whose &= names("sub", claims.getSubject(), client, exchange);
        whose &= audience(issuer, claims.getAudience(), exchange);
        whose &= time(issuer.now(), claims, exchange);
        return whose;
    }

    private static boolean names(String claim, String value, MockClient client, Exchange exchange) {
        var check = "client_assertion " + claim;
        if (client.clientId().equals(value)) {
            exchange.passed(check, claim + " is the client ID");
            return true;
        }
        if (value == null) {
            exchange.failed(check, "The assertion has no " + claim + ": it must be the client ID");
        } else {
            exchange.differs(check, claim + " must be the client ID. It", value, client.clientId());
        }
        return false;
    }

    private static boolean audience(Issuer issuer, List<String> audience, Exchange exchange) {
        var check = "client_assertion aud";
        if (audience.contains(issuer.url())) {
            exchange.passed(check, "aud is the issuer");
            return true;
        }
        if (audience.contains(issuer.tokenAddress())) {
            exchange.passed(
                    check, "aud is the address of the token endpoint. The issuer is what the real provider documents");
            return true;
        }
        if (audience.isEmpty()) {
            exchange.failed(check, "The assertion has no aud: it must be the issuer", null, issuer.url());
        } else {
            var sent = audience.get(0);
            exchange.differs(
                    check,
                    "aud is neither the issuer nor the address of the token endpoint. It",
                    sent,
                    sent.contains("/access_token") ? issuer.tokenAddress() : issuer.url());
        }
        return false;
    }

    private static boolean time(Instant now, JWTClaimsSet claims, Exchange exchange) {
        var check = "client_assertion exp";
        var end = instant(claims.getExpirationTime());
        if (end == null) {
            exchange.failed(check, "The assertion has no exp: it must end within five minutes");
            return false;
        }
        var left = Duration.between(now, end);
        if (left.plus(SKEW).isNegative()) {
            exchange.failed(check, "The assertion ended " + seconds(left.negated()) + " ago, at " + end);
            return false;
        }
        if (left.compareTo(LONGEST_LIFE.plus(SKEW)) > 0) {
            exchange.failed(check, "The assertion is good for " + seconds(left) + ": five minutes are the most");
            return false;
        }
        var begin = instant(claims.getNotBeforeTime());
        if (begin != null && begin.isAfter(now.plus(SKEW))) {
            exchange.failed(
                    "client_assertion nbf", "The assertion is good only from " + begin + "; it is " + now + " now");
            return false;
        }
        exchange.passed(check, "The assertion ends in " + seconds(left));
        return true;
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " seconds";
    }

    private boolean firstUse(Issuer issuer, MockClient client, JWTClaimsSet claims, Exchange exchange) {
        var check = "client_assertion jti";
        if (claims.getJWTID() == null || claims.getJWTID().isEmpty()) {
            exchange.failed(check, "The assertion has no jti: each needs one of its own");
            return false;
        }
        if (!used.take(issuer.id(), client.clientId(), claims.getJWTID())) {
            exchange.failed(check, "This jti was used before: make a new assertion for each request");
            return false;
        }
        exchange.passed(check, "This jti is new");
        return true;
    }
}

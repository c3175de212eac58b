package dev.connectionmanager.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.SessionID;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import dev.connectionmanager.openid.Grants.Session;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Signs and reads the tokens of the local OpenID Provider, with a key kept between runs. */
@Singleton
class Tokens {
    private static final Duration LOGOUT_LIFETIME = Duration.ofMinutes(2);
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final String issuer;
    private final Path file;
    private final Clock clock;
    private RSAKey key;

    Tokens(
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl,
            @ConfigProperty(name = "connection-manager.local.directory") Optional<String> directory,
            Clock clock) {
        this.issuer = publicUrl + "/local/openid";
        this.file = Path.of(directory.orElse(".local"), "openid-signing-key.json");
        this.clock = clock;
    }

    String issuer() {
        return issuer;
    }

    JWKSet publicKeys() {
        return new JWKSet(key().toPublicJWK());
    }

    String idToken(Session session, String clientId, String nonce) {
        var claims = claims(session.user()).audience(clientId).claim("sid", session.sid());
        if (nonce != null) {
            claims.claim("nonce", nonce);
        }
        return sign(JOSEObjectType.JWT, claims.build());
    }

    /** RFC 9068. Only the command-line client's are for the API; the portal's own serve for UserInfo. */
    String accessToken(LocalUser user, String clientId, String audience) {
        return sign(
                ACCESS_TOKEN,
                claims(user).audience(audience).claim("client_id", clientId).build());
    }

    /** OpenID Connect Back-Channel Logout 1.0 section 2.4. */
    String logoutToken(Session session, String clientId) {
        var now = clock.instant();
        var claims = new LogoutTokenClaimsSet(
                new Issuer(issuer),
                new Subject(session.user().subject()),
                new Audience(clientId).toSingleAudienceList(),
                Date.from(now),
                Date.from(now.plus(LOGOUT_LIFETIME)),
                new JWTID(),
                new SessionID(session.sid()));
        try {
            return sign(LogoutTokenValidator.TYPE, claims.toJWTClaimsSet());
        } catch (com.nimbusds.oauth2.sdk.ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whose access token this is; empty for anything that is not a valid access token of ours. */
    Optional<LocalUser> user(String accessToken) {
        try {
            var jwt = SignedJWT.parse(accessToken);
            var claims = jwt.getJWTClaimsSet();
            return ACCESS_TOKEN.equals(jwt.getHeader().getType())
                            && jwt.verify(new RSASSAVerifier(key().toRSAPublicKey()))
                            && claims.getExpirationTime().toInstant().isAfter(clock.instant())
                    ? LocalUser.ofSubject(claims.getSubject())
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private JWTClaimsSet.Builder claims(LocalUser user) {
        var now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(user.subject())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Grants.LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .claim("email", user.email())
                .claim("email_verified", true)
                .claim("name", user.fullName())
                .claim("preferred_username", user.userName())
                .claim("groups", user.groups());
    }

    private String sign(JOSEObjectType type, JWTClaimsSet claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(type)
                    .keyID(key().getKeyID())
                    .build();
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Token could not be signed", e);
        }
    }

    private synchronized RSAKey key() {
        if (key == null) {
            key = readOrMake();
        }
        return key;
    }

    private RSAKey readOrMake() {
        try {
            if (Files.exists(file)) {
                return RSAKey.parse(Files.readString(file));
            }
            var made = new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
            // Whole or not at all: half a key would stand in the way of every later start.
            var draft = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "openid-signing-key",
                    null,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, made.toJSONString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException("The local OpenID Provider's key in " + file + " cannot be used", e);
        }
    }
}

package dev.connectionmanager.api.tool;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.connectionmanager.credential.CredentialRefused;
import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.team.TeamCredential;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The session of a program: a JWT (RFC 7519) that every node reads and none keeps, and that names the API credential it was given
 * for. It lasts an hour; whoever reads one asks each time whether that credential still works.
 */
@ApplicationScoped
public class ToolSessions {
    /** The cookie that carries it beside {@code Authorization: Bearer}. */
    public static final String COOKIE = "__Host-session";

    static final Duration LIFE = Duration.ofHours(1);

    private static final String KEYS = "sessions-of-the-existing-tool";
    private static final String TEAMS = "team_ids";
    private static final String CREDENTIAL = "credential_id";

    private final JWKSet keys;
    private final String issuer;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    ToolSessions(
            SecretVault vault, @ConfigProperty(name = "connection-manager.public-url") String publicUrl, Clock clock)
            throws GeneralSecurityException {
        this.keys = vault.signingKeys(KEYS);
        this.issuer = publicUrl;
        this.clock = clock;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier(claims());
    }

    private DefaultJWTClaimsVerifier<SecurityContext> claims() {
        var verifier =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        audience(),
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        Set.of("sub", "iat", "exp", CREDENTIAL)) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(0);
        return verifier;
    }

    private String audience() {
        return issuer + "/api/configs";
    }

    /** @return the token, for the one answer that shows it */
    String begin(TeamCredential credential) {
        var team = credential.teamId().toString();
        var now = clock.instant();
        var key = keys.getKeys().get(0).toOctetSequenceKey();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject(team)
                        .audience(audience())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .claim(TEAMS, List.of(team))
                        .claim(CREDENTIAL, credential.id().toString())
                        .build());
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("A session could not be signed", e);
        }
        return token.serialize();
    }

    /**
     * @return which API credential a session was given for
     * @throws CredentialRefused for one that is over, and for whatever no node of this portal has given
     */
    public UUID credential(String token) {
        try {
            return UUID.fromString(processor.process(token, null).getStringClaim(CREDENTIAL));
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            throw new CredentialRefused(Reason.TOOL_SESSION_OVER);
        }
    }
}

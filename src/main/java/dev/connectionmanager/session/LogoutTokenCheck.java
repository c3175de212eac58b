package dev.connectionmanager.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import jakarta.inject.Singleton;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges logout tokens: OpenID Connect Back-Channel Logout 1.0 section 2.6. Blocks while keys are fetched. */
@Singleton
class LogoutTokenCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(1);
    private static final Duration SKEW = Duration.ofMinutes(1);
    /** Never {@code none}, and nothing that the client secret could sign. */
    private static final Set<JWSAlgorithm> ALGORITHMS = new HashSet<>(JWSAlgorithm.Family.SIGNATURE);

    /** OpenID Connect Core section 2 has 255 for {@code sub}; no control characters, which the database has none of. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]*[^\\p{Cntrl}\\s][^\\p{Cntrl}]*");

    private static final int LONGEST_NAME = 255;

    private final TenantConfigBean tenants;
    private final Clock clock;
    private LogoutTokenValidator validator;

    LogoutTokenCheck(TenantConfigBean tenants, Clock clock) {
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * @throws BadJOSEException for a token that must not be obeyed; its message may be told to the sender
     * @throws KeySourceException when the OpenID Provider's keys cannot be fetched, or were asked for too often
     */
    Logout judge(String logoutToken) throws BadJOSEException, KeySourceException {
        try {
            var token = JWTParser.parse(logoutToken);
            mustBeAddressedToUs(token);
            mustNamePlainly(token);
            var claims = validator().validate(token);
            var age = Duration.between(claims.getIssueTime().toInstant(), clock.instant());
            if (age.compareTo(Sessions.LOGOUT_TOKEN_AGE) > 0 || age.negated().compareTo(SKEW) > 0) {
                throw new BadJOSEException("The logout token was not issued just now");
            }
            return new Logout(
                    claims.getJWTID().getValue(),
                    claims.getSubject() == null ? null : claims.getSubject().getValue(),
                    claims.getSessionID() == null ? null : claims.getSessionID().getValue());
        } catch (ParseException | IllegalArgumentException e) {
            throw new BadJOSEException("The logout token is no JWT with the claims of a logout token", e);
        } catch (KeySourceException e) {
            throw e;
        } catch (JOSEException e) {
            throw new BadJOSEException("The logout token cannot be verified", e);
        }
    }

    /** Before any key is looked for: whatever somebody sends must not use up how often keys are asked for. */
    private void mustBeAddressedToUs(JWT token) throws ParseException, BadJOSEException {
        var claims = token.getJWTClaimsSet();
        if (claims == null
                || !validator().getExpectedIssuer().getValue().equals(claims.getIssuer())
                || !claims.getAudience().contains(validator().getClientID().getValue())) {
            throw new BadJOSEException("The logout token is from another issuer or for another client");
        }
    }

    /** What is named must be something: a library that reads on would fail, or take it for nobody. */
    private static void mustNamePlainly(JWT token) throws BadJOSEException {
        // As it was sent: the library takes a number for a subject.
        var claims = ((JOSEObject) token).getPayload().toJSONObject();
        for (var name : List.of("jti", "sub", "sid")) {
            var value = claims.get(name);
            if (claims.containsKey(name) && !(value instanceof String text && isName(text))) {
                throw new BadJOSEException(
                        "The claim " + name + " of the logout token is no text of 1 to 255 characters");
            }
        }
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
    }

    /** Not before it is needed: in local mode the OpenID Provider answers only once the portal has started. */
    private synchronized LogoutTokenValidator validator() {
        if (validator == null) {
            var provider = tenants.getDefaultTenant().initialize().await().atMost(PATIENCE.multipliedBy(2));
            var issuer = provider.oidcConfig().token().issuer().orElseGet(() -> provider.getOidcMetadata()
                    .getIssuer());
            validator = new LogoutTokenValidator(
                    new Issuer(issuer),
                    new ClientID(provider.oidcConfig().clientId().orElseThrow()),
                    new JWSVerificationKeySelector<>(ALGORITHMS, keys(provider)),
                    null);
        }
        return validator;
    }

    private static JWKSource<SecurityContext> keys(TenantConfigContext provider) {
        try {
            return new ProviderKeys(
                    URI.create(provider.getOidcMetadata().getJsonWebKeySetUri()).toURL(), BETWEEN_FETCHES);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What a logout token says.
     *
     * @param id of the token
     * @param subject whose sessions end; {@code null} where it names none, and so names a session
     * @param session at the OpenID Provider; {@code null} where it names none, and so names a person
     */
    record Logout(String id, String subject, String session) {}
}

package dev.connectionmanager.mock.provider;

import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Faults;
import dev.connectionmanager.mock.log.Exchange;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.function.Supplier;

/** Signs what an issuer says. */
@Singleton
public class Signing {
    private final IssuerKeys keys;
    private final Faults faults;
    private final Cache<JWK, JWSSigner> signers =
            CacheBuilder.newBuilder().maximumSize(1_000).build();
    /** Of no issuer. */
    private final Supplier<RSAKey> other = Suppliers.memoize(SpareKeys::make);

    Signing(IssuerKeys keys, Faults faults) {
        this.keys = keys;
        this.faults = faults;
    }

    /** Whether an issuer can sign with it at all. */
    public static boolean supports(JWSAlgorithm algorithm) {
        return IssuerKeys.family(algorithm).isPresent();
    }

    /**
     * @param claims may be changed by a fault, like the header that they get here
     * @return the compact form
     */
    public String sign(Issuer issuer, JWSAlgorithm algorithm, Draft claims, Exchange exchange) {
        var key = keys.inUse(issuer, IssuerKeys.family(algorithm).orElseThrow());
        claims.header().put("typ", "JWT");
        claims.header().put("kid", key.getKeyID());
        claims.header().put("alg", algorithm.getName());
        var draft = faults.act(claims, exchange);
        try {
            return switch (draft.signature()) {
                case GOOD -> signed(draft, signer(key, algorithm));
                case BROKEN -> broken(signed(draft, signer(key, algorithm)));
                case OTHER_KEY -> {
                    draft.header().put("alg", JWSAlgorithm.RS256.getName());
                    yield signed(draft, signer(other.get(), JWSAlgorithm.RS256));
                }
                case PUBLIC_KEY_AS_SECRET -> {
                    draft.header().put("alg", JWSAlgorithm.HS256.getName());
                    yield signed(draft, new MACSigner(key.toPublicJWK().toJSONString()));
                }
                case NONE, LEFT_OUT -> new PlainObject(new Payload(draft.members())).serialize();
            };
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("A token could not be signed", e);
        }
    }

    private static String signed(Draft draft, JWSSigner signer) throws JOSEException, ParseException {
        var signed = new JWSObject(JWSHeader.parse(draft.header()), new Payload(draft.members()));
        signed.sign(signer);
        return signed.serialize();
    }

    /** One bit of its signature is another. */
    private static String broken(String token) {
        var at = token.lastIndexOf('.') + 1;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    private JWSSigner signer(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        var known = signers.getIfPresent(key);
        if (known == null) {
            known = new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
            signers.put(key, known);
        }
        return known;
    }
}

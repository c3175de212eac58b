package dev.connectionmanager.mock.provider;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Faults;
import dev.connectionmanager.mock.log.Exchange;
import jakarta.inject.Singleton;
import java.text.ParseException;

/** Signs what an issuer says. */
@Singleton
public class Signing {
    private final IssuerKeys keys;
    private final Faults faults;
    private final Cache<JWK, JWSSigner> signers =
            CacheBuilder.newBuilder().maximumSize(1_000).build();

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
            var signed = new JWSObject(JWSHeader.parse(draft.header()), new Payload(draft.members()));
            signed.sign(signer(key, algorithm));
            return signed.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("A token could not be signed", e);
        }
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

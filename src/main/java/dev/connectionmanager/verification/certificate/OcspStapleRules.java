package dev.connectionmanager.verification.certificate;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Stapled OCSP responses (RFC 6960, RFC 6066 section 8). Only a validly signed "revoked" counts; one that is unreadable,
 * foreign or out of date proves nothing either way, except that a revocation does not lapse.
 */
final class OcspStapleRules {
    private static final int MOST_DELEGATES = 3;

    private OcspStapleRules() {}

    /** @param path leaf first; each certificate followed by its issuer */
    static Violations check(List<byte[]> responses, List<ParsedCertificate> path, Instant now) {
        Violations.Collector found = new Violations.Collector();
        for (int i = 0; i + 1 < path.size(); i++) {
            for (byte[] response : responses) {
                Instant revoked = revokedAt(response, path.get(i), path.get(i + 1), now);
                if (revoked != null) {
                    found.add("", Rule.CERTIFICATE_REVOKED, path.get(i).shown(), revoked.toString());
                }
            }
        }
        return found.violations();
    }

    private static Instant revokedAt(
            byte[] response, ParsedCertificate subject, ParsedCertificate issuer, Instant now) {
        try {
            if (!(new OCSPResp(response).getResponseObject() instanceof BasicOCSPResp basic)) {
                return null;
            }
            X509CertificateHolder issuedBy = new X509CertificateHolder(issuer.structure());
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            for (SingleResp single : basic.getResponses()) {
                boolean matches = single.getCertID()
                                .getSerialNumber()
                                .equals(subject.x509().getSerialNumber())
                        && single.getCertID().matchesIssuer(issuedBy, digests)
                        && !single.getThisUpdate().toInstant().isAfter(now);
                if (matches
                        && single.getCertStatus() instanceof RevokedStatus revoked
                        && isSigned(basic, issuedBy, now)) {
                    return revoked.getRevocationTime().toInstant();
                }
            }
            return null;
        } catch (IOException
                | OCSPException
                | OperatorException
                | CertException
                | CertificateException
                | RuntimeException unreadable) {
            return null;
        }
    }

    /** By the issuer itself, or by a responder that the issuer certified for it (RFC 6960 section 4.2.2.2). */
    private static boolean isSigned(BasicOCSPResp response, X509CertificateHolder issuer, Instant now)
            throws OperatorException, CertException, CertificateException {
        ContentVerifierProvider byIssuer = verifier(issuer);
        if (verifies(response, byIssuer)) {
            return true;
        }
        for (X509CertificateHolder delegate :
                Arrays.stream(response.getCerts()).limit(MOST_DELEGATES).toList()) {
            ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(delegate.getExtensions());
            boolean certified = purposes != null
                    && purposes.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)
                    && delegate.getIssuer().equals(issuer.getSubject())
                    && delegate.isValidOn(Date.from(now))
                    && delegate.isSignatureValid(byIssuer);
            if (certified && verifies(response, verifier(delegate))) {
                return true;
            }
        }
        return false;
    }

    private static boolean verifies(BasicOCSPResp response, ContentVerifierProvider key) {
        try {
            return response.isSignatureValid(key);
        } catch (OCSPException | RuntimeException otherKind) {
            return false;
        }
    }

    private static ContentVerifierProvider verifier(X509CertificateHolder holder)
            throws OperatorException, CertificateException {
        return new JcaContentVerifierProviderBuilder().build(holder);
    }
}

package dev.connectionmanager.verification.certificate;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Keys and signatures that a chain may use: CA/Browser Forum Baseline Requirements 6.1.5 and 7.1.3, and Ed25519. */
final class CertificateStrength {
    private static final int LEAST_RSA_BITS = 2048;
    /** More only costs the verifier. */
    private static final int MOST_RSA_BITS = 8192;

    private static final int MOST_EXPONENT_BITS = 64;

    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);
    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            EdECObjectIdentifiers.id_Ed25519);
    private static final List<ASN1ObjectIdentifier> DIGESTS =
            List.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    private CertificateStrength() {}

    /** What is weak about the key, or nothing. */
    static Optional<String> weakKey(ParsedCertificate certificate) {
        PublicKey key = certificate.publicKey();
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            boolean fine = bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS && saneExponent(rsa.getPublicExponent());
            return fine ? Optional.empty() : Optional.of("RSA " + bits);
        }
        if (key instanceof ECPublicKey ec && certificate.structure() != null) {
            return onNamedCurve(certificate.structure().getSubjectPublicKeyInfo())
                    ? Optional.empty()
                    : Optional.of("EC " + curveOf(ec));
        }
        if (key instanceof EdECPublicKey edwards) {
            var curve = edwards.getParams().getName();
            return curve.equals("Ed25519") ? Optional.empty() : Optional.of(curve);
        }
        return Optional.of(key.getAlgorithm());
    }

    /** What is weak about the signature that the issuer made, or nothing. */
    static Optional<String> weakSignature(ParsedCertificate certificate) {
        if (certificate.structure() == null) {
            return Optional.empty();
        }
        AlgorithmIdentifier algorithm = certificate.structure().getSignatureAlgorithm();
        boolean fine = SIGNATURES.contains(algorithm.getAlgorithm()) || isStrongPss(algorithm);
        return fine ? Optional.empty() : Optional.of(certificate.x509().getSigAlgName());
    }

    /** A key that costs a bounded time to verify with, weak or not: a 16,384-bit exponent takes seconds. */
    static boolean isCheap(PublicKey key) {
        return !(key instanceof RSAPublicKey rsa)
                || (rsa.getModulus().bitLength() <= MOST_RSA_BITS
                        && rsa.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS);
    }

    private static boolean saneExponent(BigInteger exponent) {
        return exponent.testBit(0)
                && exponent.compareTo(BigInteger.ONE) > 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS;
    }

    /** Curve by name only: explicit parameters let a forger choose the generator (CVE-2020-0601). RFC 5480 2.1.1. */
    private static boolean onNamedCurve(SubjectPublicKeyInfo key) {
        return key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve && CURVES.contains(curve);
    }

    private static String curveOf(ECPublicKey key) {
        ECParameterSpec parameters = key.getParams();
        return parameters == null ? "?" : String.valueOf(parameters.getOrder().bitLength());
    }

    private static boolean isStrongPss(AlgorithmIdentifier algorithm) {
        if (!PKCSObjectIdentifiers.id_RSASSA_PSS.equals(algorithm.getAlgorithm())) {
            return false;
        }
        try {
            RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
            AlgorithmIdentifier mask = AlgorithmIdentifier.getInstance(
                    parameters.getMaskGenAlgorithm().getParameters());
            return DIGESTS.contains(parameters.getHashAlgorithm().getAlgorithm())
                    && DIGESTS.contains(mask.getAlgorithm());
        } catch (RuntimeException unreadable) {
            return false;
        }
    }
}

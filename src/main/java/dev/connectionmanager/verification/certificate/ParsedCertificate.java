package dev.connectionmanager.verification.certificate;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * A certificate with its extensions read strictly. The JDK keeps a non-critical extension that it cannot parse as if it
 * were absent; here such a certificate is {@link #malformed()}, and its extensions are not to be believed.
 */
final class ParsedCertificate {
    /** The octets of an empty SEQUENCE. */
    private static final int EMPTY_NAME = 2;

    private final X509Certificate x509;
    private final boolean trusted;
    private final PublicKey publicKey;
    private final X500Principal subject;
    private final X500Principal issuer;

    private boolean malformed;
    private Certificate structure;
    private List<ASN1ObjectIdentifier> criticalExtensions = List.of();
    private List<GeneralName> names = List.of();
    private BasicConstraints basicConstraints;
    private KeyUsage keyUsage;
    private ExtendedKeyUsage extendedKeyUsage;
    private NameConstraints nameConstraints;
    private byte[] keyIdentifier;
    private byte[] issuerKeyIdentifier;

    private ParsedCertificate(X509Certificate x509, boolean trusted) {
        this.x509 = x509;
        this.trusted = trusted;
        this.publicKey = x509.getPublicKey();
        this.subject = x509.getSubjectX500Principal();
        this.issuer = x509.getIssuerX500Principal();
        try {
            read();
        } catch (CertificateEncodingException | RuntimeException unreadable) {
            malformed = true;
        }
    }

    static ParsedCertificate presented(X509Certificate x509) {
        return new ParsedCertificate(x509, false);
    }

    static ParsedCertificate trusted(X509Certificate x509) {
        return new ParsedCertificate(x509, true);
    }

    private void read() throws CertificateEncodingException {
        structure = Certificate.getInstance(x509.getEncoded());
        // X.690 lets a bit string end within an octet; a signature is whole octets, and its padding is not signed.
        malformed = structure.getSignature().getPadBits() != 0;
        Extensions extensions = structure.getTBSCertificate().getExtensions();
        if (extensions == null) {
            return;
        }
        criticalExtensions = List.of(extensions.getCriticalExtensionOIDs());
        basicConstraints = BasicConstraints.fromExtensions(extensions);
        keyUsage = KeyUsage.fromExtensions(extensions);
        extendedKeyUsage = ExtendedKeyUsage.fromExtensions(extensions);
        GeneralNames alternative = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        if (alternative != null) {
            names = Arrays.asList(alternative.getNames());
            malformed |= names.isEmpty() || names.stream().anyMatch(ParsedCertificate::isOddAddress);
        }
        if (extensions.getExtension(Extension.nameConstraints) != null) {
            nameConstraints =
                    NameConstraints.getInstance(extensions.getExtensionParsedValue(Extension.nameConstraints));
        }
        readKeyIdentifiers(extensions);
    }

    /** They only help to find an issuer (RFC 4158 section 3.5.12): ones that cannot be read are ones that say nothing. */
    private void readKeyIdentifiers(Extensions extensions) {
        try {
            SubjectKeyIdentifier own = SubjectKeyIdentifier.fromExtensions(extensions);
            keyIdentifier = own == null ? null : own.getKeyIdentifier();
            AuthorityKeyIdentifier authority = AuthorityKeyIdentifier.fromExtensions(extensions);
            issuerKeyIdentifier = authority == null ? null : authority.getKeyIdentifierOctets();
        } catch (RuntimeException unreadable) {
            issuerKeyIdentifier = null;
        }
    }

    private static boolean isOddAddress(GeneralName name) {
        if (name.getTagNo() != GeneralName.iPAddress) {
            return false;
        }
        int length = ASN1OctetString.getInstance(name.getName()).getOctetsLength();
        return length != 4 && length != 16;
    }

    X509Certificate x509() {
        return x509;
    }

    /** True for a trust anchor, false for a certificate that the server presented. */
    boolean trusted() {
        return trusted;
    }

    boolean malformed() {
        return malformed;
    }

    Certificate structure() {
        return structure;
    }

    List<ASN1ObjectIdentifier> criticalExtensions() {
        return criticalExtensions;
    }

    /** The entries of subjectAltName, in order; empty when it has none. */
    List<GeneralName> names() {
        return names;
    }

    boolean isCa() {
        return basicConstraints != null && basicConstraints.isCA();
    }

    /** The greatest number of intermediates below, or {@link Integer#MAX_VALUE}. */
    int pathLength() {
        return basicConstraints == null || basicConstraints.getPathLenConstraintInteger() == null
                ? Integer.MAX_VALUE
                : basicConstraints
                        .getPathLenConstraintInteger()
                        .getValue()
                        .min(java.math.BigInteger.valueOf(Integer.MAX_VALUE))
                        .intValue();
    }

    /** Null when the certificate does not restrict its key. */
    KeyUsage keyUsage() {
        return keyUsage;
    }

    /** Null when the certificate does not restrict its purpose. */
    ExtendedKeyUsage extendedKeyUsage() {
        return extendedKeyUsage;
    }

    /** Null when it has none. */
    NameConstraints nameConstraints() {
        return nameConstraints;
    }

    X500Principal subject() {
        return subject;
    }

    X500Principal issuer() {
        return issuer;
    }

    PublicKey publicKey() {
        return publicKey;
    }

    Instant notBefore() {
        return x509.getNotBefore().toInstant();
    }

    Instant notAfter() {
        return x509.getNotAfter().toInstant();
    }

    /** Subject and issuer are the same name, whoever signed (RFC 5280 section 3.2). */
    boolean selfIssued() {
        return subject.equals(issuer);
    }

    /** The two are one logical authority: the same name with the same key. */
    boolean sameEntity(ParsedCertificate other) {
        return subject.equals(other.subject) && publicKey.equals(other.publicKey);
    }

    /** The key identifiers contradict the issuer's being this one; silent where either is absent. */
    boolean pointsAwayFrom(ParsedCertificate candidate) {
        return issuerKeyIdentifier != null
                && candidate.keyIdentifier != null
                && !Arrays.equals(issuerKeyIdentifier, candidate.keyIdentifier);
    }

    /** What a report calls it. */
    String shown() {
        return subject.getEncoded().length > EMPTY_NAME || names.isEmpty()
                ? PrintableText.of(subject)
                : PrintableText.plain(names.get(0).getName().toString());
    }
}

package dev.connectionmanager.verification.certificate;

import com.nimbusds.jose.JOSEException;
import dev.connectionmanager.testing.RsaKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A small PKI made on the fly: {@code root}, {@code intermediate} and {@code leaf} start a sound certificate, its knobs
 * spoil it, {@code issuedBy} signs it. A key belongs to a name and is made once for all tests: the same authority name
 * is the same authority, and two certificates of it are cross-signed.
 */
public final class TestPki {
    /** The moment around which certificates are valid. For live servers use {@link Draft#valid(Instant, Instant)}. */
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
    /** After those that are no certificate's. */
    private static final AtomicInteger NEXT_RSA = new AtomicInteger(3);

    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private TestPki() {}

    /** A certificate with its private key. */
    public record Issued(X509Certificate certificate, PrivateKey key) {
        /** For a TLS server: this key with the chain to present, this certificate first. Password: empty. */
        public KeyStore keyStore(X509Certificate... rest) {
            try {
                List<Certificate> chain = new ArrayList<>(List.of(certificate));
                chain.addAll(Arrays.asList(rest));
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("server", key, new char[0], chain.toArray(Certificate[]::new));
                return store;
            } catch (GeneralSecurityException | IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    public static Issued root(String name) {
        return intermediate(name).selfSigned();
    }

    /** An authority: CA, no path length, keyCertSign, no purpose restriction. */
    public static Draft intermediate(String name) {
        Draft draft = new Draft("CN=" + name);
        draft.ca = new BasicConstraints(true);
        draft.keyUsage = new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
        draft.valid(NOW.minus(Duration.ofDays(1000)), NOW.plus(Duration.ofDays(1000)));
        return draft;
    }

    /** A server certificate for the hosts: serverAuth, digitalSignature, 90 days left. */
    public static Draft leaf(String... hosts) {
        Draft draft = new Draft("CN=" + (hosts.length == 0 ? "leaf" : hosts[0]));
        draft.keyUsage = new KeyUsage(KeyUsage.digitalSignature);
        draft.purposes(KeyPurposeId.id_kp_serverAuth);
        return draft.names(Arrays.stream(hosts)
                .map(host -> new GeneralName(GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    /** The key that belongs to a name; {@code kind} is {@code secp256r1} or another curve, {@code Ed25519}, {@code RSA-2048}, {@code DSA-2048}. */
    public static KeyPair key(String name, String kind) {
        return KEYS.computeIfAbsent(kind + " " + name, unused -> {
            try {
                if (kind.equals("RSA-2048")) {
                    return RsaKeys.key(NEXT_RSA.getAndIncrement()).toKeyPair();
                }
                KeyPairGenerator generator =
                        KeyPairGenerator.getInstance(kind.startsWith("sec") ? "EC" : kind.replaceAll("-.*", ""));
                if (kind.startsWith("sec")) {
                    generator.initialize(new ECGenParameterSpec(kind));
                } else if (kind.contains("-")) {
                    generator.initialize(Integer.parseInt(kind.replaceAll(".*-", "")));
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException | JOSEException e) {
                throw new AssertionError(e);
            }
        });
    }

    public static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A certificate that is not signed yet. */
    public static final class Draft {
        private String keyName;
        private X500Name subject;
        private String keyKind = "secp256r1";
        private String signature;
        private Instant from = NOW.minus(Duration.ofDays(10));
        private Instant until = NOW.plus(Duration.ofDays(90));
        private BasicConstraints ca;
        private KeyUsage keyUsage;
        private ExtendedKeyUsage purposes;
        private GeneralNames names;
        private boolean namesCritical;
        private NameConstraints constraints;
        private final List<Extension> others = new ArrayList<>();
        private boolean version1;
        private Provider provider;
        private BigInteger serial = BigInteger.valueOf(SERIAL.incrementAndGet());

        private Draft(String subject) {
            subject(subject);
        }

        /** The whole distinguished name. */
        public Draft subject(String name) {
            this.keyName = name;
            this.subject = new X500Name(name);
            return this;
        }

        /** The same authority, whose name is written in this way. */
        public Draft spelt(X500Name name) {
            this.subject = name;
            return this;
        }

        public Draft serial(BigInteger number) {
            this.serial = number;
            return this;
        }

        /** See {@link TestPki#key}. */
        public Draft key(String kind) {
            this.keyKind = kind;
            return this;
        }

        /** The JDK’s name of the signature algorithm, where the fitting one with SHA-256 is not wanted. */
        public Draft signature(String algorithm) {
            this.signature = algorithm;
            return this;
        }

        public Draft valid(Instant notBefore, Instant notAfter) {
            this.from = notBefore;
            this.until = notAfter;
            return this;
        }

        /** Null: no basicConstraints. */
        public Draft ca(BasicConstraints constraints) {
            this.ca = constraints;
            return this;
        }

        /** Bits of {@link KeyUsage}; none: no such extension. */
        public Draft keyUsage(int... bits) {
            this.keyUsage =
                    bits.length == 0 ? null : new KeyUsage(Arrays.stream(bits).sum());
            return this;
        }

        /** None: no extendedKeyUsage. */
        public Draft purposes(KeyPurposeId... allowed) {
            this.purposes = allowed.length == 0 ? null : new ExtendedKeyUsage(allowed);
            return this;
        }

        public Draft names(GeneralName... alternatives) {
            this.names = alternatives.length == 0 ? null : new GeneralNames(alternatives);
            return this;
        }

        public Draft namesCritical() {
            this.namesCritical = true;
            return this;
        }

        public Draft permitted(GeneralName... bases) {
            this.constraints = new NameConstraints(subtrees(bases), null);
            return this;
        }

        public Draft excluded(GeneralName... bases) {
            this.constraints = new NameConstraints(null, subtrees(bases));
            return this;
        }

        /** One more extension. */
        public Draft extension(String oid, boolean critical, ASN1Encodable value) {
            try {
                return extension(oid, critical, value.toASN1Primitive().getEncoded());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** One more extension, of these octets. */
        public Draft extension(String oid, boolean critical, byte[] value) {
            this.others.add(new Extension(new ASN1ObjectIdentifier(oid), critical, value));
            return this;
        }

        /** With name constraints that the JDK cannot read, though it can send them. */
        public Draft unreadable() {
            this.provider = new BouncyCastleProvider();
            return extension("2.5.29.30", true, new byte[] {4, 0});
        }

        public Draft version1() {
            this.version1 = true;
            return this;
        }

        public Issued selfSigned() {
            KeyPair own = TestPki.key(keyName, keyKind);
            return sign(subject, own.getPrivate(), own);
        }

        public Issued issuedBy(Issued issuer) {
            try {
                return issuedBy(issuer, new X509CertificateHolder(issuer.certificate.getEncoded()).getSubject());
            } catch (GeneralSecurityException | IOException e) {
                throw new AssertionError(e);
            }
        }

        /** @param name how the issuer's name is written */
        public Issued issuedBy(Issued issuer, X500Name name) {
            return sign(name, issuer.key, TestPki.key(keyName, keyKind));
        }

        private Issued sign(X500Name issuer, PrivateKey with, KeyPair own) {
            try {
                ContentSigner signer = signer(signature == null ? fitting(with) : signature, with);
                X509CertificateHolder holder = version1
                        ? first(issuer, own).build(signer)
                        : third(issuer, own).build(signer);
                var converter = new JcaX509CertificateConverter();
                return new Issued(
                        (provider == null ? converter : converter.setProvider(provider)).getCertificate(holder),
                        own.getPrivate());
            } catch (OperatorException | GeneralSecurityException | IOException e) {
                throw new AssertionError(e);
            }
        }

        /** The JDK’s names of signatures know no RSA-PSS. */
        private static ContentSigner signer(String algorithm, PrivateKey with) throws OperatorException {
            var builder = new JcaContentSignerBuilder(algorithm);
            return (algorithm.endsWith("MGF1") ? builder.setProvider(new BouncyCastleProvider()) : builder).build(with);
        }

        private JcaX509v1CertificateBuilder first(X500Name issuer, KeyPair own) {
            return new JcaX509v1CertificateBuilder(
                    issuer, serial, Date.from(from), Date.from(until), subject, own.getPublic());
        }

        private JcaX509v3CertificateBuilder third(X500Name issuer, KeyPair own) throws IOException {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, serial, Date.from(from), Date.from(until), subject, own.getPublic());
            add(builder, Extension.basicConstraints, true, ca);
            add(builder, Extension.keyUsage, true, keyUsage);
            add(builder, Extension.extendedKeyUsage, false, purposes);
            add(builder, Extension.subjectAlternativeName, namesCritical, names);
            add(builder, Extension.nameConstraints, true, constraints);
            for (Extension other : others) {
                builder.addExtension(other);
            }
            return builder;
        }

        private static void add(
                JcaX509v3CertificateBuilder builder, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value)
                throws IOException {
            if (value != null) {
                builder.addExtension(oid, critical, value);
            }
        }

        private static String fitting(PrivateKey key) {
            return switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                case "DSA" -> "SHA256withDSA";
                default -> "Ed25519";
            };
        }

        private static GeneralSubtree[] subtrees(GeneralName... bases) {
            return Arrays.stream(bases).map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
        }
    }
}

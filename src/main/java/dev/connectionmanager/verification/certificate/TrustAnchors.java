package dev.connectionmanager.verification.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;

/** The roots that a presented chain must lead to. Immutable; read once and shared. */
public final class TrustAnchors {
    private final List<X509Certificate> certificates;
    private final Map<X500Principal, List<ParsedCertificate>> bySubject;
    private final String fingerprint;

    private TrustAnchors(Collection<X509Certificate> certificates) {
        this.certificates = certificates.stream().distinct().toList();
        this.bySubject = this.certificates.stream()
                .map(ParsedCertificate::trusted)
                .collect(Collectors.groupingBy(ParsedCertificate::subject));
        this.fingerprint = fingerprintOf(this.certificates);
    }

    /** The public roots that the JVM trusts (its {@code cacerts}, or {@code javax.net.ssl.trustStore}). */
    public static TrustAnchors ofJvm() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return of(Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM’s own trust store cannot be read.", e);
        }
    }

    public static TrustAnchors of(Collection<X509Certificate> certificates) {
        return new TrustAnchors(certificates);
    }

    /** Names the set: SHA-256, in hexadecimal, over the sorted SHA-256 fingerprints of its certificates. */
    public String fingerprint() {
        return fingerprint;
    }

    public int size() {
        return certificates.size();
    }

    List<ParsedCertificate> named(X500Principal subject) {
        return bySubject.getOrDefault(subject, List.of());
    }

    boolean contain(X509Certificate certificate) {
        return named(certificate.getSubjectX500Principal()).stream()
                .anyMatch(anchor -> anchor.x509().equals(certificate));
    }

    private static String fingerprintOf(List<X509Certificate> certificates) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            List<byte[]> each = new ArrayList<>();
            for (X509Certificate certificate : certificates) {
                each.add(sha256.digest(certificate.getEncoded()));
            }
            each.sort(Arrays::compareUnsigned);
            each.forEach(sha256::update);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

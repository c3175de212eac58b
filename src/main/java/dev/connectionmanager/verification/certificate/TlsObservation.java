package dev.connectionmanager.verification.certificate;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What one TLS handshake showed.
 *
 * @param host the host that was asked for (SNI): a DNS name in ASCII, or an IP address literal
 * @param chain the certificates exactly as presented, in the order presented, leaf first; empty when none came
 * @param protocol the negotiated version as the JDK names it ({@code TLSv1.3}); null when the handshake failed before
 * @param cipherSuite the negotiated suite by its IANA name; null when the handshake failed before
 * @param stapledResponses OCSP responses (DER) that the server stapled; empty when none came
 * @param failure why the handshake failed; null when it completed
 */
public record TlsObservation(
        String host,
        List<X509Certificate> chain,
        String protocol,
        String cipherSuite,
        List<byte[]> stapledResponses,
        TlsFailure failure) {

    public TlsObservation {
        chain = List.copyOf(chain);
        stapledResponses = stapledResponses.stream().map(byte[]::clone).toList();
    }

    /** A handshake that completed. */
    public static TlsObservation completed(
            String host, List<X509Certificate> chain, String protocol, String cipherSuite, List<byte[]> staples) {
        return new TlsObservation(host, chain, protocol, cipherSuite, staples, null);
    }

    /** A handshake that failed; {@code chain} holds what the server had presented until then. */
    public static TlsObservation failed(String host, List<X509Certificate> chain, TlsFailure failure) {
        return new TlsObservation(host, chain, null, null, List.of(), failure);
    }
}

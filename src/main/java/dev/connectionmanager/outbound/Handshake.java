package dev.connectionmanager.outbound;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * What one TLS handshake showed. Nothing of it has been judged.
 *
 * @param host as asked for by SNI
 * @param address the one that was dialled
 * @param chain the certificates as presented, in the order presented; empty when none came
 * @param protocol as the JDK names it ({@code TLSv1.3}); null when the handshake failed
 * @param cipherSuite its IANA name; null when the handshake failed
 * @param stapledResponses OCSP responses (DER); empty when none came
 * @param clientCertificateAsked whether the server asked for one; it was given none
 * @param failure why the handshake failed, in the TLS library’s words; null when it completed
 * @param resolving how long name resolution took
 * @param connecting how long TCP took
 * @param handshaking how long TLS took
 */
public record Handshake(
        String host,
        InetAddress address,
        int port,
        List<X509Certificate> chain,
        String protocol,
        String cipherSuite,
        List<byte[]> stapledResponses,
        boolean clientCertificateAsked,
        String failure,
        Duration resolving,
        Duration connecting,
        Duration handshaking) {
    public Handshake {
        chain = List.copyOf(chain);
        stapledResponses = stapledResponses.stream().map(byte[]::clone).toList();
    }

    public boolean completed() {
        return failure == null;
    }
}

package dev.connectionmanager.verification.certificate;

import dev.connectionmanager.outbound.Handshake;
import dev.connectionmanager.verification.certificate.TlsFailure.Kind;
import java.util.List;

/** From what the guard took down to what {@link TlsRules} judge: the failures that a team can tell apart. */
public final class HandshakeReading {
    /** Alerts (RFC 8446 section 6) and the words of the JDK's TLS library, which keeps no codes. */
    private static final List<String> OLD_VERSION =
            List.of("protocol_version", "is not accepted by client preferences", "not enabled or supported");

    private static final List<String> NO_SUITE =
            List.of("handshake_failure", "insufficient_security", "no cipher suites in common", "negotiable cipher");
    private static final List<String> UNREADABLE = List.of("parse server certificate");
    /** More certificates, or larger ones, than the library reads. */
    private static final List<String> TOO_MUCH = List.of("exceeds the maximum allowed");

    private static final List<String> CLIENT_CERTIFICATE = List.of("certificate_required");

    private HandshakeReading() {}

    public static TlsObservation of(Handshake seen) {
        return new TlsObservation(
                seen.host(), seen.chain(), seen.protocol(), seen.cipherSuite(), seen.stapledResponses(), failure(seen));
    }

    private static TlsFailure failure(Handshake seen) {
        if (seen.completed()) {
            return null;
        }
        return seen.clientCertificateAsked()
                ? new TlsFailure(Kind.CLIENT_CERTIFICATE_REQUIRED, "asked for a client certificate")
                : new TlsFailure(kind(seen.failure()), seen.failure());
    }

    private static Kind kind(String words) {
        if (has(words, OLD_VERSION)) {
            return Kind.PROTOCOL_VERSION;
        }
        if (has(words, NO_SUITE)) {
            return Kind.CIPHER_SUITE;
        }
        if (has(words, UNREADABLE)) {
            return Kind.CERTIFICATE_UNREADABLE;
        }
        if (has(words, TOO_MUCH)) {
            return Kind.CERTIFICATES_TOO_LARGE;
        }
        return has(words, CLIENT_CERTIFICATE) ? Kind.CLIENT_CERTIFICATE_REQUIRED : Kind.OTHER;
    }

    private static boolean has(String words, List<String> any) {
        return any.stream().anyMatch(words::contains);
    }
}

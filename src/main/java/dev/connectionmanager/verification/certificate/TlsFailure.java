package dev.connectionmanager.verification.certificate;

/**
 * Why a handshake failed.
 *
 * @param kind which of the causes that a team can tell apart
 * @param detail the TLS library's own words, for the report
 */
public record TlsFailure(Kind kind, String detail) {

    /** The causes with an advice of their own. */
    public enum Kind {
        /** The server speaks nothing newer than TLS 1.1. */
        PROTOCOL_VERSION,
        /** No cipher suite in common. */
        CIPHER_SUITE,
        /** A presented certificate is no X.509 certificate that can be read. */
        CERTIFICATE_UNREADABLE,
        /** The presented certificates are more, or larger, than is read. */
        CERTIFICATES_TOO_LARGE,
        /** The server insists on a client certificate. */
        CLIENT_CERTIFICATE_REQUIRED,
        /** Anything else. */
        OTHER
    }
}

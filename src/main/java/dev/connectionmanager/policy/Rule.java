package dev.connectionmanager.policy;

import static dev.connectionmanager.policy.Severity.BLOCKS;
import static dev.connectionmanager.policy.Severity.WARNS;

import java.util.Locale;

/** Every rule of the portal, each with its source. The kebab-case name is the stable code of the API. */
public enum Rule {
    // The document as a whole

    /** A member that client metadata does not have. RFC 7591 section 2 names the known ones. */
    UNKNOWN_MEMBER(BLOCKS),
    /** A member of another JSON type than RFC 7591 section 2 gives it. */
    WRONG_TYPE(BLOCKS),
    /** A member that only the portal sets, sent with another value than the current one. RFC 7592 section 2.2. */
    READ_ONLY_MEMBER(BLOCKS),

    // client_name, application_type

    /** Free text of 1 to 100 characters. Policy. */
    CLIENT_NAME_REQUIRED(BLOCKS),
    /** Free text of 1 to 100 characters. Policy. */
    CLIENT_NAME_TOO_LONG(BLOCKS),
    /** One line without control, bidirectional-override or zero-width characters: look-alike names. CWE-451. */
    CLIENT_NAME_CHARACTERS(BLOCKS),

    // Live checks: TLS and certificates

    /** The handshake did not complete, or showed no certificate. RFC 8446. */
    TLS_FAILED(BLOCKS),
    /** TLS 1.3 or 1.2. RFC 8996, RFC 9325 section 3.1.1. */
    TLS_VERSION_TOO_OLD(BLOCKS),
    /** TLS 1.2 with ECDHE and AES-GCM or ChaCha20. RFC 9325 section 4.2. */
    TLS_CIPHER_WEAK(BLOCKS),
    /** The identity provider has no certificate to show. Policy. */
    TLS_CLIENT_CERTIFICATE_REQUIRED(BLOCKS),
    /** The host stands in subjectAltName. RFC 9525 section 6. */
    CERTIFICATE_NAME_MISMATCH(BLOCKS),
    /** No wildcard right under a registry’s suffix. CA/Browser Forum Baseline Requirements 3.2.2.6. */
    CERTIFICATE_WILDCARD_TOO_WIDE(BLOCKS),
    /** A wildcard right under a hosting company’s suffix is not one team’s. Baseline Requirements 3.2.2.6. */
    CERTIFICATE_WILDCARD_SHARED(WARNS),
    /** RFC 5280 section 4.1.2.5. */
    CERTIFICATE_EXPIRED(BLOCKS),
    /** RFC 5280 section 4.1.2.5. */
    CERTIFICATE_NOT_YET_VALID(BLOCKS),
    /** 30 days or fewer are left. Policy. */
    CERTIFICATE_EXPIRES_SOON(WARNS),
    /** Keys: Baseline Requirements 6.1.5; signatures: 7.1.3, no SHA-1 or MD5. */
    CERTIFICATE_WEAK(BLOCKS),
    /** Not the version 3 certificate of RFC 5280 section 4.1, or not readable as one. */
    CERTIFICATE_MALFORMED(BLOCKS),
    /** A critical extension that is not understood. RFC 5280 section 4.2. */
    CERTIFICATE_EXTENSION_UNKNOWN(BLOCKS),
    /** Made for another purpose than TLS servers. RFC 5280 section 4.2.1.12, RFC 8446 section 4.4.2.2. */
    CERTIFICATE_NOT_FOR_SERVERS(BLOCKS),
    /** The server shows the certificate of an authority as its own. Baseline Requirements 7.1.2.7. */
    CERTIFICATE_IS_CA(BLOCKS),
    /** The leaf vouches for itself. The service’s registration page: a full chain to a trusted public root. */
    CERTIFICATE_SELF_SIGNED(BLOCKS),
    /** The presented certificates end before a root: nothing is fetched. The service’s registration page. */
    CERTIFICATE_CHAIN_INCOMPLETE(BLOCKS),
    /** The presented chain ends in a root that is not trusted. The service’s registration page. */
    CERTIFICATE_ROOT_NOT_PUBLIC(BLOCKS),
    /** The issuer’s key did not make the signature. RFC 5280 section 6.1.3 (a). */
    CERTIFICATE_SIGNATURE_INVALID(BLOCKS),
    /** An issuer that may not issue this. RFC 5280 section 6.1.4 (k) to (n), and its purpose. */
    CERTIFICATE_ISSUER_NOT_ALLOWED(BLOCKS),
    /** A name outside what the authorities above may issue for. RFC 5280 section 4.2.1.10. */
    CERTIFICATE_NAME_NOT_PERMITTED(BLOCKS),
    /** An authority demands a certificate policy that the chain does not have. RFC 5280 section 6.1.3 (f). */
    CERTIFICATE_POLICY_MISSING(BLOCKS),
    /** Too much work to judge: a defence. Policy. */
    CERTIFICATE_CHAIN_TOO_COMPLEX(BLOCKS),
    /** The stapled response says so. RFC 6960, RFC 6066 section 8. */
    CERTIFICATE_REVOKED(BLOCKS),
    /** A presented certificate with no part in the chain, or twice. RFC 8446 section 4.4.2. */
    CERTIFICATE_EXTRA(WARNS),
    /** Each certificate is to certify the one before it. RFC 8446 section 4.4.2. */
    CERTIFICATE_MISORDERED(WARNS);

    private final Severity severity;

    Rule(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** The code used in the API and as the key of the sentence: {@code redirect-uri-fragment}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

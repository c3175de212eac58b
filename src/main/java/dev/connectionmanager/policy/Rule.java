package dev.connectionmanager.policy;

import static dev.connectionmanager.policy.Severity.BLOCKS;
import static dev.connectionmanager.policy.Severity.WARNS;

import java.util.Locale;

/**
 * Every rule of the portal, each with its source. The kebab-case name is the stable code of the API and the key of the
 * rule's sentence. "Policy" marks our own choice.
 */
public enum Rule {
    // What was sent, as a whole

    /** A member that is not known here. RFC 7591 section 2 names those of client metadata. */
    UNKNOWN_MEMBER(BLOCKS),
    /** A member of another JSON type than its definition gives it. RFC 7591 section 2. */
    WRONG_TYPE(BLOCKS),
    /** A member that only the portal sets, with another value than the current one. RFC 7592 section 2.2. */
    READ_ONLY_MEMBER(BLOCKS),

    // client_name, application_type

    /** A client has a name that people can read. Policy. */
    CLIENT_NAME_REQUIRED(BLOCKS),
    /** At most 100 characters. Policy. */
    CLIENT_NAME_TOO_LONG(BLOCKS),
    /** One line without control, bidirectional-override or invisible characters: look-alike names. CWE-451. */
    CLIENT_NAME_CHARACTERS(BLOCKS),
    /** The name of a national service on somebody else's client invites phishing. RFC 7591 section 5. */
    CLIENT_NAME_IMPERSONATES(WARNS),
    /** The type is the application's, the same in every environment. Policy. */
    APPLICATION_TYPE_MISMATCH(BLOCKS),

    // redirect_uris

    /** At least one. OpenID Connect Dynamic Client Registration 1.0 section 2. */
    REDIRECT_URI_REQUIRED(BLOCKS),
    /** At most 100. Policy. */
    REDIRECT_URI_TOO_MANY(BLOCKS),
    /** At most 2,000 characters. Policy. */
    REDIRECT_URI_TOO_LONG(BLOCKS),
    /** No patterns: authorization servers compare exactly. RFC 9700 section 4.1.3. */
    REDIRECT_URI_WILDCARD(BLOCKS),
    /** Only what RFC 3986 allows in a URI; no placeholder, space, control character or broken percent escape. */
    REDIRECT_URI_MALFORMED(BLOCKS),
    /** Begins with a scheme. RFC 6749 section 3.1.2. */
    REDIRECT_URI_NOT_ABSOLUTE(BLOCKS),
    /** HTTPS, except what a native application handles on its own device. OpenID Connect DCR 1.0 section 2. */
    REDIRECT_URI_NOT_HTTPS(BLOCKS),
    /** No fragment, not even an empty one. RFC 6749 section 3.1.2. */
    REDIRECT_URI_FRAGMENT(BLOCKS),
    /** No user name before the host: it disguises the host. RFC 9110 section 4.2.4. */
    REDIRECT_URI_USERINFO(BLOCKS),
    /** A host that DNS can have, under a delegated top-level domain. RFC 1123 section 2.1, RFC 6761. */
    REDIRECT_URI_HOST_INVALID(BLOCKS),
    /** A port from 1 to 65535. RFC 6335 section 6. */
    REDIRECT_URI_PORT_INVALID(BLOCKS),
    /** Spelled in its normal form, since it is compared character by character. RFC 3986 section 6.2.2. */
    REDIRECT_URI_NOT_CANONICAL(BLOCKS),
    /** Only a native application answers on the user's own device. OpenID Connect DCR 1.0 section 2. */
    REDIRECT_URI_LOOPBACK_NEEDS_NATIVE(BLOCKS),
    /** Each only once. Policy. */
    REDIRECT_URI_DUPLICATE(BLOCKS),
    /** Addresses on the web and on the device need client IDs of their own. OpenID Connect DCR 1.0 section 2. */
    REDIRECT_URI_MIXED_TYPES(BLOCKS),
    /** Reachable inside an organisation only. Policy. */
    REDIRECT_URI_NOT_PUBLIC(WARNS),
    /** An address instead of a name: no certificate of the usual kind. CA/Browser Forum BR 7.1.2.7. */
    REDIRECT_URI_IP_ADDRESS(WARNS),
    /** Without a path, clients differ about a final slash. RFC 9700 section 4.1.3. */
    REDIRECT_URI_NO_PATH(WARNS),
    /** Two that differ by a final slash only. RFC 9700 section 4.1.3. */
    REDIRECT_URI_TRAILING_SLASH(WARNS),
    /** Query parameters that the authorization response itself uses. RFC 6749 section 4.1.2. */
    REDIRECT_URI_RESPONSE_PARAMETER(WARNS),
    /** A name under a provider's own suffix can pass to somebody else. Public Suffix List, private section. */
    REDIRECT_URI_SHARED_HOSTING(WARNS),
    /** A domain kept for documentation. RFC 2606 section 3. */
    REDIRECT_URI_DOCUMENTATION_DOMAIN(WARNS),
    /** {@code localhost} may be resolved elsewhere; the address literal may not. RFC 8252 section 8.3. */
    REDIRECT_URI_LOOPBACK_NAME(WARNS),
    /** HTTPS on the device needs a certificate that the device trusts. RFC 8252 section 8.3. */
    REDIRECT_URI_LOOPBACK_HTTPS(WARNS),
    /** Another application may claim the same scheme. RFC 8252 section 7.1. */
    REDIRECT_URI_PRIVATE_USE_SCHEME(WARNS),

    // token_endpoint_auth_method, token_endpoint_auth_signing_alg, jwks_uri

    /** The team chooses; nothing is assumed. Policy. */
    AUTH_METHOD_REQUIRED(BLOCKS),
    /** One that the environment's OpenID Provider supports. RFC 8414 section 2. */
    AUTH_METHOD_UNSUPPORTED(BLOCKS),
    /** One that the environment's OpenID Provider supports. RFC 8414 section 2. */
    SIGNING_ALG_UNSUPPORTED(BLOCKS),
    /** Fits the method and, for a secret, its 36 octets. OpenID Connect Core 1.0 section 16.19. */
    SIGNING_ALG_DOES_NOT_FIT(BLOCKS),
    /** Private key JWT needs the address of public keys. OpenID Connect Core 1.0 section 9. */
    JWKS_URI_REQUIRED(BLOCKS),
    /** HTTPS. OpenID Connect DCR 1.0 section 2. */
    JWKS_URI_NOT_HTTPS(BLOCKS),
    /** A client with a secret signs nothing that these keys would verify. OpenID Connect Core 1.0 section 9. */
    JWKS_URI_NOT_USED(WARNS),
    /** By reference or by value, not both. OpenID Connect DCR 1.0 section 2. */
    JWKS_BY_VALUE(BLOCKS),

    // userinfo_signed_response_alg, backchannel_logout_uri

    /** One that the environment's OpenID Provider signs with; never none or HS*. OpenID Connect Discovery section 3. */
    USERINFO_ALG_UNSUPPORTED(BLOCKS),
    /** HTTPS. OpenID Connect Back-Channel Logout 1.0 section 2.2; the service's registration page. */
    LOGOUT_URI_NOT_HTTPS(BLOCKS),
    /** No fragment. OpenID Connect Back-Channel Logout 1.0 section 2.2. */
    LOGOUT_URI_FRAGMENT(BLOCKS),
    /** Says something about logout tokens that are sent nowhere. OpenID Connect Back-Channel Logout 1.0 section 2.2. */
    LOGOUT_SESSION_NOT_USED(WARNS),

    // Any URI that the portal or the OpenID Provider opens

    /** At most 2,000 characters. Policy. */
    URI_TOO_LONG(BLOCKS),
    /** Only what RFC 3986 allows in a URI. */
    URI_MALFORMED(BLOCKS),
    /** Spelled in its normal form. RFC 3986 section 6.2.2. */
    URI_NOT_CANONICAL(BLOCKS),
    /** No user name before the host. RFC 9110 section 4.2.4. */
    URI_USERINFO(BLOCKS),
    /** No fragment: it is never sent. RFC 9110 section 4.2.4. */
    URI_FRAGMENT(BLOCKS),
    /** A DNS name under a public suffix. The service's registration page; CWE-918. */
    URI_HOST_NOT_PUBLIC(BLOCKS),
    /** 443, or 1024 upward but no port of a well-known other service. CWE-918. */
    URI_PORT_NOT_ALLOWED(BLOCKS),

    // Applications and secrets

    /** An application has a name of 1 to 100 characters in one line, without invisible characters. Policy. */
    APPLICATION_NAME_INVALID(BLOCKS),
    /** At most 1,000 characters, no control characters but line ends. Policy. */
    APPLICATION_DESCRIPTION_INVALID(BLOCKS),
    /** One of the categories that operators gave the team. The service's registration page. */
    APPLICATION_CATEGORY_NOT_ALLOWED(BLOCKS),
    /** {@code web} or {@code native}. OpenID Connect DCR 1.0 section 2. */
    APPLICATION_TYPE_INVALID(BLOCKS),
    /** At most 10 contacts. Policy. */
    APPLICATION_CONTACTS_TOO_MANY(BLOCKS),
    /** An e-mail address. RFC 5321 section 4.1.2. */
    APPLICATION_CONTACT_INVALID(BLOCKS),
    /** From 0 seconds to 30 days. Policy. */
    SECRET_OVERLAP_OUT_OF_RANGE(BLOCKS);

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

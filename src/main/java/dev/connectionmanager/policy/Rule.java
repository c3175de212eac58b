package dev.connectionmanager.policy;

import static dev.connectionmanager.policy.Severity.BLOCKS;
import static dev.connectionmanager.policy.Severity.WARNS;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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
    /** At most 2,000 characters, even while it is only kept to be put right. CWE-770. */
    MEMBER_TOO_LONG(BLOCKS),

    /** A private key, a secret or a credential in a text: known to others from then on. RFC 7517 section 9.2; CWE-522. */
    SECRET_PASTED(BLOCKS),

    // client_name, application_type

    /** A client has a name that people can read. Policy. */
    CLIENT_NAME_REQUIRED(BLOCKS),
    /** At most 100 characters. Policy. */
    CLIENT_NAME_TOO_LONG(BLOCKS),
    /** One line without control, bidirectional-override or invisible characters: look-alike names. CWE-451. */
    CLIENT_NAME_CHARACTERS(BLOCKS),
    /** The name of a national service on somebody else's client invites phishing. RFC 7591 section 5. */
    CLIENT_NAME_IMPERSONATES(WARNS),
    /** Not every screen has it, and readers aloud say its long name. Unicode Technical Standard 51. */
    CLIENT_NAME_EMOJI(WARNS),
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
    /** One in each box. Policy. */
    REDIRECT_URI_SEVERAL(BLOCKS),
    /** A scheme of the application's own is a domain name in reverse. RFC 3986 section 3.1, RFC 8252 section 7.1. */
    REDIRECT_URI_SCHEME_INVALID(BLOCKS),
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
    /** Where a browser is sent on to an address that somebody else chooses, codes leak. RFC 9700 section 4.11. */
    REDIRECT_URI_CARRIES_ADDRESS(WARNS),
    /** Punycode of letters that are taken for others. Unicode Technical Standard 39. */
    REDIRECT_URI_LOOK_ALIKE(WARNS),
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
    /** Needed where keys come by value, as at the mock. OpenID Connect Dynamic Client Registration 1.0 section 2. */
    JWKS_REQUIRED(BLOCKS),
    /** The portal keeps no such key set of the team. Policy. */
    JWKS_URI_HOSTED_UNKNOWN(BLOCKS),
    /** Key sets that the portal keeps are for Path to Live. Policy. */
    JWKS_URI_FOR_DEVELOPMENT(BLOCKS),
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

    // What the application’s framework does by itself: docs/connections.md

    /** Authenticates by another method only with code of the application's own. */
    FRAMEWORK_AUTH_METHOD(WARNS),
    /** Reads signed UserInfo only with code of the application's own, or not at all. */
    FRAMEWORK_SIGNED_USERINFO(WARNS),
    /** Takes logout tokens only with code of the application's own. */
    FRAMEWORK_BACKCHANNEL_LOGOUT(WARNS),

    // Any URI that the portal or the OpenID Provider opens

    /** At most 2,000 characters. Policy. */
    URI_TOO_LONG(BLOCKS),
    /** An address, not what stands there: keys are replaced without registering anew. OpenID Connect Core 1.0 section 10.1.1. */
    PUBLIC_KEY_PASTED(BLOCKS),
    /** One, where there is one. Policy. */
    URI_SEVERAL(BLOCKS),
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

    // What a jwks_uri serves

    /** One JSON object in UTF-8, readable in one way only, its members of the form that RFC 7517 and 7518 give them. */
    JWKS_MALFORMED(BLOCKS),
    /** At most 50 keys. Policy. */
    JWKS_TOO_MANY_KEYS(BLOCKS),
    /** Public keys only. OpenID Connect DCR 1.0 section 2 ({@code jwks_uri}). */
    JWKS_PRIVATE_KEY(BLOCKS),
    /** A shared secret has no place in a public document. OpenID Connect DCR 1.0 section 2 ({@code jwks_uri}). */
    JWKS_SYMMETRIC_KEY(BLOCKS),
    /** A point on its curve, an algorithm that fits. RFC 7518 sections 3.1 and 6.2, RFC 8037 section 2. */
    JWKS_KEY_INVALID(BLOCKS),
    /** RSA of 2048 to 4096 bits, without what makes it breakable. RFC 7518 section 3.3; CA/Browser Forum BR 6.1.6. */
    JWKS_WEAK_KEY(BLOCKS),
    /** {@code use} and {@code key_ops} agree and are those of a public key. RFC 7517 section 4.3. */
    JWKS_KEY_USE(BLOCKS),
    /** Where keys for signing and for encryption stand together, each says which it is. OpenID Connect DCR 1.0 section 2. */
    JWKS_USE_REQUIRED(BLOCKS),
    /** Unique among the keys of one type. RFC 7517 section 4.5. */
    JWKS_DUPLICATE_KID(BLOCKS),
    /** Among several keys the right one is found by its {@code kid}. OpenID Connect Core 1.0 section 10.1. */
    JWKS_KID_REQUIRED(BLOCKS),
    /** The first certificate holds the key itself. RFC 7517 section 4.7. */
    JWKS_CERTIFICATE_MISMATCH(BLOCKS),
    /** At least one that can verify the client's assertions. OpenID Connect Core 1.0 section 9. */
    JWKS_NO_USABLE_KEY(BLOCKS),
    /** {@code application/jwk-set+json}. RFC 7517 section 8.5. */
    JWKS_MEDIA_TYPE(WARNS),
    /** None. RFC 8259 section 8.1. */
    JWKS_BYTE_ORDER_MARK(WARNS),
    /** A lone key is easier to replace when it has a {@code kid}. OpenID Connect Core 1.0 section 10.1.1. */
    JWKS_KID_ABSENT(WARNS),
    /** Shared by keys of different types: allowed, but confusing. RFC 7517 section 4.5. */
    JWKS_KID_SHARED(WARNS),
    /** Taken all the same: null and empty members, a zero octet before a number, other base64. RFC 7517, RFC 7518. */
    JWKS_UNTIDY(WARNS),
    /** Says what the key is for. RFC 7517 section 4.2. */
    JWKS_USE_ABSENT(WARNS),
    /** Unrelated operations with one key. RFC 7517 section 4.3. */
    JWKS_KEY_OPERATIONS_MIXED(WARNS),

    // Proof of possession of a registered key

    /** Type, audience, nonce and claims are those of the challenge. RFC 8725 sections 3.9 and 3.11. */
    KEY_PROOF_INVALID(BLOCKS),
    /** Within five minutes. Policy. */
    KEY_PROOF_EXPIRED(BLOCKS),
    /** A published key verifies the signature. RFC 7515 section 5.2. */
    KEY_PROOF_SIGNATURE(BLOCKS),
    /** The key was pasted instead of what it signs. RFC 7517 section 9.2. */
    KEY_PROOF_LEAKED(BLOCKS),

    // Applications and secrets

    /** An application has a name of 1 to 100 characters in one line, without invisible characters. Policy. */
    APPLICATION_NAME_INVALID(BLOCKS),
    /** At most 1,000 characters, no control characters but line ends. Policy. */
    APPLICATION_DESCRIPTION_INVALID(BLOCKS),
    /** One of the categories that operators gave the team. The service's registration page. */
    APPLICATION_CATEGORY_NOT_ALLOWED(BLOCKS),
    /** {@code web} or {@code native}. OpenID Connect DCR 1.0 section 2. */
    APPLICATION_TYPE_INVALID(BLOCKS),
    /** One that there is a kit for, or {@code other}. Policy. */
    APPLICATION_FRAMEWORK_UNKNOWN(BLOCKS),
    /** At most 10 contacts. Policy. */
    APPLICATION_CONTACTS_TOO_MANY(BLOCKS),
    /** An email address. RFC 5321 section 4.1.2. */
    APPLICATION_CONTACT_INVALID(BLOCKS),
    /** From 0 seconds to 30 days. Policy. */
    SECRET_OVERLAP_OUT_OF_RANGE(BLOCKS),

    /** {@code accept} or {@code decline}. Policy. */
    HANDOVER_OUTCOME_INVALID(BLOCKS),

    // Requests for production

    /** A note, a comment or a reason has at most 4,000 characters, none of them invisible. Policy. */
    REQUEST_TEXT_INVALID(BLOCKS),
    /** A comment is not empty, and whoever turns something down says why. Policy. */
    REQUEST_TEXT_REQUIRED(BLOCKS),
    /** A reference is one line of 1 to 100 visible characters. Policy. */
    REQUEST_REFERENCE_INVALID(BLOCKS),
    /** Conformance and connection agreement come before production. The service's registration page. */
    REQUEST_REFERENCE_REQUIRED(BLOCKS),
    /** A calendar date. RFC 3339 section 5.6, full-date. */
    REQUEST_DATE_INVALID(BLOCKS),
    /** What is planned lies ahead. Policy. */
    REQUEST_DATE_PAST(BLOCKS),
    /** Approve, reject or request changes. Policy. */
    REQUEST_OUTCOME_INVALID(BLOCKS),
    /** Changes are requested of what a request has. Policy. */
    REQUEST_FIELD_UNKNOWN(BLOCKS),
    /** A request is assigned to whoever asks, or to nobody. Policy. */
    REQUEST_ASSIGNEE_INVALID(BLOCKS),

    // API credentials

    /** One visible line of 1 to 100 characters, for the team to know it by. Policy. */
    API_CREDENTIAL_NAME_INVALID(BLOCKS),
    /** {@code read} or {@code write}: no more than is needed. RFC 9700 section 2.3. */
    API_CREDENTIAL_SCOPE_INVALID(BLOCKS),
    /** An RFC 3339 time to come, one year ahead at most: what is forgotten ends by itself. Policy. */
    API_CREDENTIAL_EXPIRY_OUT_OF_RANGE(BLOCKS),
    /** {@code audit-read} alone: an operator's right to decide is given to no program. RFC 9700 section 2.3. */
    OPERATOR_CREDENTIAL_SCOPE_INVALID(BLOCKS),
    /** An RFC 3339 time to come, so many days ahead at most: the argument. Policy. */
    OPERATOR_CREDENTIAL_EXPIRY_OUT_OF_RANGE(BLOCKS),

    // Tokens for registration, and what RFC 7591 asks of a client beside its metadata

    /** One in which nobody is asked, of which the argument has all. Policy. */
    INITIAL_ACCESS_TOKEN_ENVIRONMENT_INVALID(BLOCKS),
    /** An RFC 3339 time to come, so many days ahead at most: the argument. Policy. */
    INITIAL_ACCESS_TOKEN_EXPIRY_OUT_OF_RANGE(BLOCKS),
    /** From one client to as many as the argument says. Policy. */
    INITIAL_ACCESS_TOKEN_USES_OUT_OF_RANGE(BLOCKS),
    /** The OpenID Provider has no other flow. RFC 7591 section 2.1. */
    GRANT_TYPE_CODE_REQUIRED(BLOCKS),
    /** The same of what it answers with. RFC 7591 section 2.1. */
    RESPONSE_TYPE_CODE_REQUIRED(BLOCKS),

    // Teams, their members, requests for access

    /** The GUID that the applicant received, in its usual form; never the nil UUID. The service's page; RFC 9562. */
    TEAM_ID_INVALID(BLOCKS),
    /** A team has a name of 1 to 100 characters in one line, without invisible characters. Policy. */
    TEAM_NAME_INVALID(BLOCKS),
    /** One or more of {@code national}, {@code supplier}, {@code local}. The service's registration page. */
    TEAM_CATEGORIES_INVALID(BLOCKS),
    /** An email address in ASCII. RFC 5321 section 4.1.2; CVE-2019-19844. */
    EMAIL_ADDRESS_INVALID(BLOCKS),
    /** {@code owner}, {@code admin} or {@code viewer}. Policy. */
    MEMBER_ROLE_INVALID(BLOCKS),
    /** {@code accept} or {@code decline}. Policy. */
    TEAM_REQUEST_OUTCOME_INVALID(BLOCKS),
    /** Where a decision goes against somebody, or over their heads, they are told why. Policy. */
    REASON_INVALID(BLOCKS),

    // Live checks: reaching an endpoint

    /** A fault of what is registered already does not stop a change of something else. Policy. */
    REGISTERED_ENDPOINT_FAILS(WARNS),
    /** The name leads to an address: the portal and the identity provider find it in public DNS. The service's page. */
    DNS_FAILED(BLOCKS),
    /** Name resolution took too long; another try may do. Policy. */
    DNS_TIMEOUT(BLOCKS),
    /** So many addresses no single service has: a defence. Policy. */
    DNS_TOO_MANY_ANSWERS(BLOCKS),
    /** Every address is globally routable unicast. IANA Special-Purpose Address Registries; CWE-918. */
    ADDRESS_NOT_PUBLIC(BLOCKS),
    /** TCP within 5 seconds. Policy. */
    CONNECTION_FAILED(BLOCKS),
    /** Answered where it is registered: a redirect could lead anywhere. CVE-2026-4366. */
    REDIRECT_NOT_FOLLOWED(BLOCKS),
    /** At most 32 KiB of headers and 64 KiB of body. CWE-400. */
    RESPONSE_TOO_LARGE(BLOCKS),
    /** Complete within 15 seconds. CWE-400. */
    RESPONSE_TOO_SLOW(BLOCKS),
    /** HTTP/1.1, complete, without an encoding that was not asked for. RFC 9112. */
    RESPONSE_MALFORMED(BLOCKS),
    /** 200 and a body. RFC 7517 section 5 has one to give. */
    RESPONSE_STATUS(BLOCKS),
    /** Without a content encoding, or with gzip. RFC 9110 section 12.5.3. */
    RESPONSE_ENCODED(BLOCKS),
    /** Within 5 seconds: others wait no longer. Policy. */
    RESPONSE_SLOW(WARNS),
    /** A second fetch right after the first works as well. Policy. */
    JWKS_SECOND_FETCH_FAILS(WARNS),
    /** Two fetches in a row give the same keys; else nodes behind one name differ. Policy. */
    JWKS_DIFFERS(WARNS),
    /** A request without a logout token is invalid: 400. OpenID Connect Back-Channel Logout 1.0 section 2.8. */
    LOGOUT_TOKEN_NOT_REQUIRED(WARNS),
    /** Logout requests come from a server that logs in nowhere. Back-Channel Logout 1.0 section 2.5. */
    LOGOUT_RESPONSE_REDIRECT(WARNS),
    /** Something is there that takes a POST. OpenID Connect Back-Channel Logout 1.0 section 2.5. */
    LOGOUT_ENDPOINT_FAILS(BLOCKS),
    /** Neither success nor 400. Back-Channel Logout 1.0 section 2.8. */
    LOGOUT_RESPONSE_STATUS(WARNS),
    /** No complete response within the limits. Policy. */
    LOGOUT_RESPONSE_UNUSABLE(WARNS),
    /** {@code Cache-Control: no-store}. Back-Channel Logout 1.0 section 2.8. */
    LOGOUT_RESPONSE_CACHEABLE(WARNS),

    // Live checks: TLS and certificates

    /** The handshake did not complete, or showed no certificate. RFC 8446. */
    TLS_FAILED(BLOCKS),
    /** TLS 1.3 or 1.2. RFC 8996, RFC 9325 section 3.1.1. */
    TLS_VERSION_TOO_OLD(BLOCKS),
    /** TLS 1.2 with ECDHE and AES-GCM or ChaCha20. RFC 9325 section 4.2. */
    TLS_CIPHER_WEAK(BLOCKS),
    /** The identity provider has no certificate to show. Policy. */
    TLS_CLIENT_CERTIFICATE_REQUIRED(BLOCKS),
    /** Asks for one, and goes on without. Policy. */
    TLS_CLIENT_CERTIFICATE_ASKED(WARNS),
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
    CERTIFICATE_MISORDERED(WARNS),

    // Key sets that the portal keeps for development

    /** Policy. */
    KEY_SET_NAME_INVALID(BLOCKS),
    /** A key set without a key is of no use. Policy. */
    HOSTED_KEYS_REQUIRED(BLOCKS),
    /** Public keys in PEM: SubjectPublicKeyInfo. RFC 7468 section 13. */
    PEM_UNREADABLE(BLOCKS),
    /** Only what verifies client assertions. Policy. */
    HOSTED_KEY_NOT_USABLE(BLOCKS),
    /** Each key once, under a name of its own. RFC 7517 section 4.5. */
    HOSTED_KEY_THERE(BLOCKS),
    /** One that is published now and stays. Policy. */
    HOSTED_KEY_TO_REPLACE_UNKNOWN(BLOCKS),

    // Test users

    /** One of the Path to Live, or the mock. The service's page on its Path to Live. */
    TEST_USER_ENVIRONMENT_INVALID(BLOCKS),
    /** 12 digits. The service's page on its Path to Live. */
    TEST_USER_UUID_INVALID(BLOCKS),
    /** Those of Integration typically begin with one of these: the argument. The service's page on its Path to Live. */
    TEST_USER_UUID_UNUSUAL(WARNS),
    /** Who has it: a name. Policy. */
    TEST_USER_HOLDER_INVALID(BLOCKS),
    /** So many at most: the argument. CWE-770. */
    TEST_USER_ROLES_TOO_MANY(BLOCKS),
    /** As national role-based access control writes it. */
    ROLE_CODE_INVALID(BLOCKS),
    /** One of those that there are: the argument. */
    AUTHENTICATOR_UNKNOWN(BLOCKS),
    /** From 1 to the argument. Policy. */
    TEST_USERS_WANTED_OUT_OF_RANGE(BLOCKS),
    /** As the Organisation Data Service gives it. */
    ORGANISATION_CODE_INVALID(BLOCKS),
    /** So many characters at most: the argument. CWE-770. */
    TEST_USER_NOTE_TOO_LONG(BLOCKS),

    // Addresses for the mock alone

    /** One of those that the mock knows. Policy. */
    FAULT_UNKNOWN(BLOCKS),
    /** From 1 to 10,000. Policy. */
    FAULT_TIMES_OUT_OF_RANGE(BLOCKS),
    /** {@code publish}, {@code use} or {@code withdraw}. Policy. */
    KEY_STEP_INVALID(BLOCKS),
    /** RFC 3339, from 1970 to the year 9999. */
    CLOCK_TIME_INVALID(BLOCKS),
    /** Somebody who can log in, told apart by number and log-in name. Policy. */
    MOCK_USER_INVALID(BLOCKS),
    /** One of those who can log in at the mock. Policy. */
    LOGOUT_USER_UNKNOWN(BLOCKS),
    /** A log-in session that is alive, was used at the client and is that user's. Policy. */
    LOGOUT_SESSION_UNKNOWN(BLOCKS),
    /** Of a session at the mock's public issuer. Policy. */
    ID_TOKEN_OF_NO_SESSION(BLOCKS),
    /** {@code user}, {@code administrator} or {@code card-removed}. Policy. */
    LOGOUT_REASON_UNKNOWN(BLOCKS),
    /** On the developer's own computer: {@code http://localhost:8080/callback}. RFC 8252 section 7.3. */
    LOCAL_ADDRESS_NOT_LOOPBACK(BLOCKS);

    private final Severity severity;

    Rule(Severity severity) {
        this.severity = severity;
    }

    public static Optional<Rule> ofCode(String code) {
        return Stream.of(values()).filter(rule -> rule.code().equals(code)).findFirst();
    }

    public Severity severity() {
        return severity;
    }

    /** The code used in the API and as the key of the sentence: {@code redirect-uri-fragment}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.connectionmanager.policy;

import java.util.List;
import java.util.Locale;

/**
 * Why something is refused that breaks no rule on what was sent, each with its source. The kebab-case name is the stable
 * {@code code} of problem documents and the key of the sentence in {@code wording}; what the sentence names travels as
 * arguments beside it. "Policy" marks our own choice.
 */
public enum Reason {
    // Of any act

    /** What was sent breaks rules: the findings say which. RFC 9110 section 15.5.21. */
    REJECTED,
    /** Unknown, or another team's: the two are never told apart. RFC 9110 section 15.5.5; CWE-204. */
    NOT_FOUND,
    /** The thing has changed since it was read; which parts, where that is known: the arguments. RFC 9110 section 13.1.1. */
    STALE("changed"),
    /** No list of entity tags. RFC 9110 section 13.1.1. */
    IF_MATCH_MALFORMED,
    /** The tag is right but weak; {@code If-Match} compares strongly. RFC 9110 sections 8.8.3.2 and 13.1.1. */
    IF_MATCH_WEAK,
    /** No tag of this thing, neither now nor before. RFC 9110 section 13.1.1. */
    IF_MATCH_FOREIGN,
    /** A tag of something, where there is nothing. RFC 9110 section 13.1.1. */
    IF_MATCH_NOTHING,
    /** {@code If-None-Match} where there is something. RFC 9110 section 13.1.2. */
    EXISTS_ALREADY,
    /** {@code If-Match}, {@code If-None-Match} or what a format has in their place is missing: the argument. RFC 6585 section 3. */
    PRECONDITION_REQUIRED("header"),
    /** A share is used up, or the portal is busy. RFC 6585 section 4. */
    TOO_MANY_REQUESTS,
    /** There may be no more of a kind, whoever asks. CWE-770. */
    LIMIT_REACHED,
    /** Keys are made beforehand, and none is left just now. */
    KEYS_NOT_READY,
    /** The mock works on as many requests as it can, and as many wait. RFC 9110 section 15.6.4; CWE-770. */
    MOCK_BUSY,
    /** No key of this issuer is at this step. */
    KEY_STEP_NOT_NOW,
    /** The mock authorisation service is switched off. Policy. */
    MOCK_OFF,
    /** Logout tokens go where the client registered. OpenID Connect Back-Channel Logout 1.0 section 2.2. */
    LOGOUT_URI_MISSING,
    /** What was never taken can be refused for other reasons. Policy. */
    LOGOUT_NOTHING_TO_REPLAY,
    /** Nobody aims the mock at somebody else's server: again after so many seconds, the argument. CWE-770. */
    LOGOUT_TOKENS_LIMIT("seconds"),
    /** A role in the team: the argument. Policy. */
    ROLE_NEEDED("role"),
    /** A credential of scope {@code read} changes nothing: which it needs, the argument. RFC 6750 section 3.1. */
    SCOPE_READ("scope"),
    /** A credential of scope {@code audit-read} reads the audit trail alone. RFC 6750 section 3.1. */
    SCOPE_AUDIT_READ,
    /** Operators decide and look after every team. Policy. */
    OPERATOR_NEEDED,
    /** Somebody who can be asked about it, not a program. Policy. */
    PERSON_NEEDED,

    // Of HTTP, before any act

    /** Not to be understood as a request. RFC 9110 section 15.5.1. */
    BAD_REQUEST,
    /** Not one JSON object in UTF-8 that every parser reads alike. RFC 8259 sections 4 and 8.1. */
    BODY_MALFORMED("cause", "line", "column"),
    /** A query parameter that the address does not know: the argument. Policy. */
    PARAMETER_UNKNOWN("parameter"),
    /** A query parameter, the argument, that is there twice: nobody knows which is meant. CWE-235. */
    PARAMETER_REPEATED("parameter"),
    /** A query parameter, the argument, without a value where it needs one: a script's variable was empty. Policy. */
    PARAMETER_EMPTY("parameter"),
    /** A query parameter, the argument, with a value that it cannot have. Policy. */
    PARAMETER_INVALID("parameter"),
    /** A private key or credential in the query of an address, which logs and histories keep. CWE-598. */
    SECRET_IN_ADDRESS,
    /** A path or host of a form that filters and servers read differently. CWE-436. */
    ADDRESS_MALFORMED,
    /** Two readers could see different ends of the request. RFC 9112 section 6; CWE-444. */
    FRAMING_AMBIGUOUS,
    /** RFC 9110 section 15.5.9; CWE-400. */
    BODY_NOT_ARRIVED,
    /** No valid token. RFC 6750 section 3.1. */
    LOG_IN_NEEDED,
    /** Neither a session of the existing tool's format nor a secret to begin one with. RFC 9110 section 15.5.2. */
    TOOL_LOG_IN_NEEDED,
    /** Past its hour, or a text that no node has given as one. RFC 6750 section 3.1. */
    TOOL_SESSION_OVER,
    /** Refused by the platform before an act could say why. RFC 9110 section 15.5.4. */
    FORBIDDEN,
    /** RFC 9110 section 15.5.6. */
    METHOD_NOT_ALLOWED,
    /** RFC 9110 section 15.5.7. */
    NOT_ACCEPTABLE,
    /** RFC 9110 section 15.5.14; CWE-770. */
    CONTENT_TOO_LARGE,
    /** An address longer than the server reads. RFC 9110 section 15.5.15. */
    ADDRESS_TOO_LONG,
    /** Headers larger than the server reads. RFC 6585 section 5. */
    HEADERS_TOO_LARGE,
    /** A form near the size at which a body is cut off. RFC 9110 section 15.5.14; CWE-770. */
    FORM_TOO_LARGE,
    /** RFC 9110 section 15.5.16. */
    UNSUPPORTED_MEDIA_TYPE,
    /** A fault of the portal; the log has its reference. RFC 9110 section 15.6.1. */
    INTERNAL_ERROR,
    /** A form that another site sent. CWE-352. */
    FORM_FROM_ELSEWHERE,
    /** A request of a program's, that a page of another site made a browser send. CWE-352. */
    REQUEST_FROM_ELSEWHERE,
    /** A link of another site to a large answer. CWE-352. */
    EXPORT_FROM_ELSEWHERE,

    // Idempotency-Key

    /** One of 1 to so many characters: the argument. draft-ietf-httpapi-idempotency-key-header section 2.1. */
    IDEMPOTENCY_KEY_INVALID("max_length"),
    /** The same key with another request. draft-ietf-httpapi-idempotency-key-header section 2.7. */
    IDEMPOTENCY_KEY_REUSED,
    /** The first request is not answered yet. draft-ietf-httpapi-idempotency-key-header section 2.7. */
    IDEMPOTENCY_KEY_IN_USE,
    /** Nobody knows what became of the first request. Policy. */
    IDEMPOTENCY_KEY_OUTCOME_UNKNOWN,

    // API credentials and client secrets

    /** Its checksum is wrong: cut off or mistyped. Policy. */
    API_CREDENTIAL_INCOMPLETE,
    /** None of this value. RFC 6750 section 3.1. */
    API_CREDENTIAL_UNKNOWN,
    /** Revoked by the team. RFC 6750 section 3.1. */
    API_CREDENTIAL_REVOKED,
    /** Past the end that it was given. RFC 6750 section 3.1. */
    API_CREDENTIAL_EXPIRED,
    /** Revoked or expired while the portal was at work for it. RFC 9700 section 4.14. */
    API_CREDENTIAL_ENDED,
    /** So many at once: the argument. CWE-770. */
    API_CREDENTIAL_LIMIT("limit"),
    /** So many of one operator at once: the argument. CWE-770. */
    OPERATOR_CREDENTIAL_LIMIT("limit"),
    /** The operator who made it has not logged in for some time. Policy. */
    OPERATOR_CREDENTIAL_LAPSED,
    /** Two live ones at most. The service's registration page. */
    SECRET_LIMIT,
    /** It authenticates with keys. OpenID Connect Core 1.0 section 9. */
    SECRET_NOT_USED,
    /** The first one waits to be collected. Policy. */
    SECRET_WAITS,
    /** Shown once, then never again. Policy. */
    SECRET_COLLECTED,
    /** Elsewhere it is shown when it is issued. Policy. */
    SECRET_COLLECTION_NOT_HERE,
    /** An operator who knows secrets could pose as any client. CWE-250. */
    SECRET_NOT_FOR_OPERATORS,

    // Teams, their members, requests for access

    /** The name is the team's own. Policy. */
    TEAM_NAME_FOR_OWNERS,
    /** Categories stand in client IDs and decide what a team may register. The service's registration page. */
    TEAM_CATEGORIES_FOR_OPERATORS,
    /** One team for each Team ID. The service's registration page. */
    TEAM_EXISTS,
    /** One place for each address. Policy. */
    MEMBER_EXISTS,
    /** Nobody is a member twice. Policy. */
    MEMBER_ALREADY,
    /** This person has joined already. Policy. */
    MEMBER_JOINED,
    /** Within the last minutes: the argument. CWE-799. */
    INVITATION_JUST_SENT("minutes"),
    /** Invitations are for others: four eyes. Policy. */
    INVITATION_OWN,
    /** A team without an owner can name none. Policy. */
    LAST_OWNER,
    /** While its owners are there, they name others. Policy. */
    OWNER_PRESENT("days"),
    /** Operators give nobody rights that they then use themselves: four eyes. Policy. */
    OWNER_SELF,
    /** Asked for by the same person before. Policy. */
    TEAM_REQUEST_MADE,
    /** So many that wait: the argument. CWE-770. */
    TEAM_REQUEST_LIMIT("limit"),
    /** In use or asked for by somebody else: which of them is not told. CWE-204. */
    TEAM_ID_NOT_FREE,
    /** Four eyes. Policy. */
    TEAM_REQUEST_OWN,
    /** How, and by whom: the arguments. Policy. */
    TEAM_REQUEST_DECIDED("outcome", "decided_by"),

    // Key sets that the portal keeps

    /** A client's keys do not vanish: which registration names them, the arguments. Policy. */
    KEY_SET_IN_USE("application_name", "environment"),
    /** Another team's registration names it, which is not told. Policy. */
    KEY_SET_IN_USE_ELSEWHERE,

    // Test users

    /** The team has a test user of this UUID, in an environment: the arguments. Policy. */
    TEST_USER_EXISTS("uuid", "environment"),
    /** It was noted already that they have come. Policy. */
    TEST_USERS_RECEIVED,

    // Applications, their attestation and hand-over

    /** The rules judge by it. OpenID Connect DCR 1.0 section 2. */
    APPLICATION_TYPE_CHANGED,
    /** Category and type are part of issued client IDs. The service's registration page. */
    APPLICATION_CATEGORY_REGISTERED,
    /** What is reviewed stays as it is: the open request is the argument. Policy. */
    APPLICATION_CATEGORY_REQUESTED("request_id"),
    /** A live client does not vanish with its application. Policy. */
    APPLICATION_REGISTERED,
    /** Nor does an open request: the argument. Policy. */
    APPLICATION_REQUESTED("request_id"),
    /** Nor does what another team was offered. Policy. */
    APPLICATION_OFFERED,
    /** To the team that has it. Policy. */
    HANDOVER_OWN_TEAM,
    /** One offer at a time. Policy. */
    HANDOVER_OPEN,
    /** So many to one team: the argument. CWE-770. */
    HANDOVER_LIMIT("limit"),
    /** The other team may not use the category: the argument. The service's registration page. */
    HANDOVER_CATEGORY("category"),
    /** Answered, withdrawn or lapsed after days: the argument. Policy. */
    HANDOVER_ENDED("days"),
    /** Nothing is offered. Policy. */
    HANDOVER_NONE,

    // Registrations, drafts, key proofs, live checks

    /** The environment, the argument, takes every client. Policy. */
    REGISTRATION_NOT_NEEDED("environment_name"),
    /** In this environment, the argument, operators decide. Policy. */
    REGISTRATION_BY_REQUEST("environment_name"),
    /** Nothing is to be restored. Policy. */
    REGISTRATION_NOT_DELETED,
    /** Longer ago than days: the argument. Policy. */
    REGISTRATION_NOT_RESTORABLE("days"),
    /** Kept out by operators until they resume it, whatever is tried (the argument) and with which address. Policy. */
    SUSPENDED("attempt", "uri", "client_name", "environment_name"),
    /** Nothing is to be resumed. Policy. */
    NOT_SUSPENDED,
    /** Registered or discarded by somebody else. Policy. */
    DRAFT_ENDED,
    /** One draft for each environment. Policy. */
    DRAFT_EXISTS,
    /** Registered there already. Policy. */
    REGISTRATION_EXISTS,
    /** Only a published key is worth proving. Policy. */
    KEY_NOT_PUBLISHED,
    /** The environment takes none of the algorithms that the key can do. RFC 8414 section 2. */
    KEY_FITS_NO_ALGORITHM,
    /** Its {@code jwks_uri} is gone. Policy. */
    KEYS_NOT_USED,
    /** A challenge is answered once. RFC 8725 section 3.11. */
    KEY_CHALLENGE_ANSWERED,
    /** Looking costs somebody else's server something. CWE-918. */
    LIVE_CHECK_FOR_TEAMS,

    // Tokens for registration

    /** Whoever registers says on whose behalf. RFC 7591 section 3. */
    REGISTRATION_BEARER_NEEDED,
    /** None of this value for this environment. RFC 6750 section 3.1. */
    INITIAL_ACCESS_TOKEN_UNKNOWN,
    /** Revoked, expired or used up. RFC 6750 section 3.1. */
    INITIAL_ACCESS_TOKEN_ENDED,
    /** Of no client, or of another one, which is not told apart. RFC 7592 section 2. */
    REGISTRATION_TOKEN_UNKNOWN,
    /** The argument is one of the four that a replacement never has. RFC 7592 section 2.2. */
    REGISTRATION_MEMBER_FORBIDDEN("member"),
    /** Missing, or of another client. RFC 7592 section 2.2. */
    REGISTRATION_CLIENT_ID_DIFFERENT,
    /** There, and none that works. RFC 7592 section 2.2. */
    REGISTRATION_CLIENT_SECRET_DIFFERENT,

    // Requests for production and their review

    /** One open request for each application: the argument names it. Policy. */
    REQUEST_OPEN("request_id"),
    /** In this state, the argument, it does not go on like this. Policy. */
    REQUEST_STATE("state"),
    /** Changed while its endpoints were checked. Policy. */
    REQUEST_CHANGED,
    /** It asks for exactly what is registered: there is nothing to decide. Policy. */
    REQUEST_CHANGES_NOTHING,
    /** Another operator, the argument, was faster. Policy. */
    REQUEST_TAKEN("taken_by"),
    /** Given back by another operator. Policy. */
    REQUEST_GIVEN_BACK,
    /** Operators decide about no request of a team that they belong to. Policy. */
    REQUEST_OF_OWN_TEAM,
    /** Four eyes: who had a hand in it does not decide. Policy. */
    REQUEST_OWN_HAND,
    /** Four eyes: nor do members of a team that had it. Policy. */
    REQUEST_OF_TEAM_BEFORE,
    /** A live check that a person waits for ended without a result, by no fault of the endpoint's. */
    LIVE_CHECK_BROKE_OFF,
    /** The endpoint, the argument, was not checked lately enough for an approval to rest on it. Policy. */
    LIVE_CHECK_TOO_OLD("endpoint");

    private final List<String> names;

    /** @param names of the arguments, in the order of the sentence: members of the problem document */
    Reason(String... names) {
        this.names = List.of(names);
    }

    public List<String> names() {
        return names;
    }

    /** The code used in the API and as the key of the sentence: {@code request-open}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

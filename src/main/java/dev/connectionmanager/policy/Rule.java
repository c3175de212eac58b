package dev.connectionmanager.policy;

import static dev.connectionmanager.policy.Severity.BLOCKS;

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
    CLIENT_NAME_CHARACTERS(BLOCKS);

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

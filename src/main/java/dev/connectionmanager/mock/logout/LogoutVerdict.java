package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.fault.Fault;
import java.util.Locale;

/** What is to be thought of how a client took a logout token: OpenID Connect Back-Channel Logout 1.0 section 2.8. */
public enum LogoutVerdict {
    ACCEPTED(true, false, "The client took it, as a good logout token is to be taken."),
    REFUSED(
            false,
            false,
            "The client found a good logout token bad. Its own log should say which check failed: compare issuer, client ID and keys."),
    BAD_REFUSED(true, false, "The client found the bad logout token bad, as it should."),
    BAD_ACCEPTED(false, false, "The client took a bad logout token."),
    OTHER_STATUS(
            false,
            true,
            "A client answers 200 or 204 when it has logged the user out, and 400 when the token is bad: this is neither."),
    NO_ANSWER(false, true, "No usable answer came."),
    BUSY(false, true, "Not sent: too many logout tokens are on their way just now."),
    LIMITED(
            false,
            false,
            "Not sent: at most " + LogoutShares.OF_ADDRESS
                    + " logout tokens a minute go to one address, and 1 a second to one host."),
    LOCAL_MODE_ONLY(false, false, "Not sent: an address on a developer’s own computer is reached in local mode only."),
    CLIENT_GONE(
            false, false, "Not sent: the client is suspended or deleted, or has no back-channel logout URI any more.");

    private static final int BAD_REQUEST = 400;

    private final boolean passed;
    private final boolean again;
    private final String sentence;

    LogoutVerdict(boolean passed, boolean again, String sentence) {
        this.passed = passed;
        this.again = again;
        this.sentence = sentence;
    }

    /**
     * @param bad whether the token is one that a good client refuses
     * @param status of the answer
     */
    static LogoutVerdict of(boolean bad, int status) {
        if (status == 200 || status == 204) {
            return bad ? BAD_ACCEPTED : ACCEPTED;
        }
        if (status == BAD_REQUEST) {
            return bad ? BAD_REFUSED : REFUSED;
        }
        return OTHER_STATUS;
    }

    /**
     * Whether a good client refuses a token with this fault.
     *
     * @param fault {@code null} = nothing is wrong with it
     * @param sessionRequired as the client registered: without that, a token that names no session is a good one
     */
    static boolean isBad(Fault fault, boolean sessionRequired) {
        return fault != null && (fault != Fault.LOGOUT_WITHOUT_SID || sessionRequired);
    }

    /** Whether the client did what a good one does. */
    public boolean passed() {
        return passed;
    }

    /** Whether another attempt may end better. */
    boolean again() {
        return again;
    }

    /** The statuses that would have been right, for what is answered at all. */
    String expected() {
        return switch (this) {
            case BAD_REFUSED, BAD_ACCEPTED -> "400";
            case OTHER_STATUS -> "200 or 204, or 400 for a bad token";
            default -> "200 or 204";
        };
    }

    /** @param fault what is wrong with the token; {@code null} = nothing */
    public String sentence(Fault fault) {
        return this == BAD_ACCEPTED && fault != null
                ? sentence + " What a good one does: " + fault.goodClient()
                : sentence;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static LogoutVerdict ofCode(String code) {
        return code == null ? null : valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

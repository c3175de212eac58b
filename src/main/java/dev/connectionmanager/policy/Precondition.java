package dev.connectionmanager.policy;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the caller believes of the thing it changes. RFC 9110 section 13.1, RFC 6585 section 3.
 *
 * @param ifMatch the entity tags sent in {@code If-Match}; {@code null} = none
 * @param ifNoneMatch what was sent in {@code If-None-Match}; {@code null} = none
 */
public record Precondition(String ifMatch, String ifNoneMatch) {
    /** RFC 9110 section 8.8.3. */
    private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\uFFFF]*\"";

    private static final Pattern TAGS = Pattern.compile(TAG);
    /** RFC 9110 section 5.6.1: empty elements are none. */
    private static final Pattern LIST = Pattern.compile("[ \\t,]*" + TAG + "(?:[ \\t]*,[ \\t,]*" + TAG + ")*[ \\t,]*");

    private static final Pattern NUMBERED = Pattern.compile("\"(.*?)([0-9]{1,9})\"");
    private static final String WEAK = "W/";

    public static Precondition matching(String tag) {
        return new Precondition(tag, null);
    }

    public static Precondition absent() {
        return new Precondition(null, "*");
    }

    /**
     * For a change of something that exists and whose tag ends in the number of its version.
     *
     * @throws Refusal.PreconditionRequired without {@code If-Match}, or with {@code *}, which defeats its purpose
     * @throws Refusal.Stale when no tag is that of this version, or the caller expected nothing to be there
     */
    public void mustMatch(String tag) {
        mustMatch(tag, sent -> isEarlier(sent, tag));
    }

    /**
     * As {@link #mustMatch(String)}, for tags of another kind.
     *
     * @param earlier whether a tag that does not match may be one that the same thing had before
     */
    public void mustMatch(String tag, Predicate<String> earlier) {
        if (ifNoneMatch != null) {
            throw new Refusal.Stale(Reason.EXISTS_ALREADY);
        }
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            throw new Refusal.PreconditionRequired("If-Match");
        }
        if (!LIST.matcher(ifMatch).matches()) {
            throw new Refusal.Stale(Reason.IF_MATCH_MALFORMED);
        }
        var sent = TAGS.matcher(ifMatch).results().map(MatchResult::group).toList();
        if (!sent.contains(tag)) {
            throw mismatch(sent, tag, earlier);
        }
    }

    /** It has changed only where one of the tags was its own before. */
    private static Refusal.Stale mismatch(List<String> sent, String tag, Predicate<String> earlier) {
        if (sent.stream().map(Precondition::strong).anyMatch(earlier)) {
            return new Refusal.Stale();
        }
        return new Refusal.Stale(sent.contains(WEAK + tag) ? Reason.IF_MATCH_WEAK : Reason.IF_MATCH_FOREIGN);
    }

    private static String strong(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }

    private static boolean isEarlier(String sent, String now) {
        var before = NUMBERED.matcher(sent);
        var current = NUMBERED.matcher(now);
        return before.matches()
                && current.matches()
                && before.group(1).equals(current.group(1))
                && Integer.parseInt(before.group(2)) < Integer.parseInt(current.group(2));
    }

    /**
     * For the making of something that must not exist yet.
     *
     * @throws Refusal.PreconditionRequired without {@code If-None-Match: *}
     * @throws Refusal.Stale when the caller expected it to exist
     */
    public void mustExpectNothing() {
        if (ifMatch != null && !ifMatch.strip().equals("*")) {
            throw new Refusal.Stale(Reason.IF_MATCH_NOTHING);
        }
        if (ifNoneMatch == null || !ifNoneMatch.strip().equals("*")) {
            throw new Refusal.PreconditionRequired("If-None-Match");
        }
    }
}

package dev.connectionmanager.policy;

/**
 * What the caller believes of the thing it changes. RFC 9110 section 13.1, RFC 6585 section 3.
 *
 * @param ifMatch the entity tag sent in {@code If-Match}; {@code null} = none
 * @param ifNoneMatch what was sent in {@code If-None-Match}; {@code null} = none
 */
public record Precondition(String ifMatch, String ifNoneMatch) {

    public static Precondition matching(String tag) {
        return new Precondition(tag, null);
    }

    public static Precondition absent() {
        return new Precondition(null, "*");
    }

    /**
     * For a change of something that exists.
     *
     * @throws Refusal.PreconditionRequired without {@code If-Match}, or with {@code *}, which defeats its purpose
     * @throws Refusal.Stale when the tag is weak or of another version, or the caller expected nothing to be there
     */
    public void mustMatch(String tag) {
        if (ifNoneMatch != null) {
            throw new Refusal.Stale();
        }
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            throw new Refusal.PreconditionRequired("If-Match");
        }
        if (!ifMatch.strip().equals(tag)) {
            throw new Refusal.Stale();
        }
    }

    /**
     * For the making of something that must not exist yet.
     *
     * @throws Refusal.PreconditionRequired without {@code If-None-Match: *}
     * @throws Refusal.Stale when the caller expected it to exist
     */
    public void mustExpectNothing() {
        if (ifMatch != null && !ifMatch.strip().equals("*")) {
            throw new Refusal.Stale();
        }
        if (ifNoneMatch == null || !ifNoneMatch.strip().equals("*")) {
            throw new Refusal.PreconditionRequired("If-None-Match");
        }
    }
}

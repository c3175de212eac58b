package dev.connectionmanager.mock;

import java.security.MessageDigest;

/** What is sent in {@code Authorization: Bearer}, RFC 6750 section 2.1, held against what is kept of a token. */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /**
     * @param authorization the header; {@code null} = none was sent
     * @param hash as {@link RandomTexts#hash} makes it; {@code null} = there is no token
     */
    public static boolean isIn(String authorization, byte[] hash) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && is(authorization.substring(SCHEME.length()).strip(), hash);
    }

    /** The same of a token alone. */
    public static boolean is(String token, byte[] hash) {
        return hash != null && MessageDigest.isEqual(hash, RandomTexts.hash(token));
    }
}

package dev.connectionmanager.api.common;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;

/** Answers that carry an entity tag. RFC 9110 section 8.8.3. */
public final class Tagged {
    private Tagged() {}

    /** 200 with the tag, or 304 when the caller has this very version already. */
    public static Response read(String ifNoneMatch, String tag, Object body) {
        var known = ifNoneMatch != null
                && Stream.of(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(candidate -> candidate.equals("*")
                                || withoutWeakness(candidate).equals(tag));
        return known
                ? Response.notModified().header(HttpHeaders.ETAG, tag).build()
                : of(Response.ok(body), tag).build();
    }

    public static Response.ResponseBuilder of(Response.ResponseBuilder answer, String tag) {
        return answer.header(HttpHeaders.ETAG, tag);
    }

    /** If-None-Match compares weakly: RFC 9110 section 13.1.2. */
    private static String withoutWeakness(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}

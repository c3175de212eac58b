package dev.connectionmanager.api.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads request bodies strictly: UTF-8, one JSON object, no duplicate members (RFC 8259 section 4), bounded nesting. */
public final class JsonBody {
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final int DEEPEST = 50;
    private static final int MOST_BYTES = 256 * 1024;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonBody() {}

    /**
     * @throws Refusal.Malformed when this is no JSON object, or one that parsers would read in different ways
     * @throws ClientErrorException 413 for more than 256 KiB
     */
    public static ObjectNode object(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (READER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new Refusal.Malformed(Reason.BODY_MALFORMED, "no-object");
        } catch (CharacterCodingException e) {
            throw new Refusal.Malformed(Reason.BODY_MALFORMED, "not-utf-8");
        } catch (StreamConstraintsException e) {
            throw new Refusal.Malformed(Reason.BODY_MALFORMED, "too-deep");
        } catch (MismatchedInputException e) {
            throw malformed("trailing", e);
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage().startsWith("Duplicate") ? "duplicate-member" : "not-json", e);
        }
    }

    /** Not in the parser's own words: they name its classes and settings. */
    private static Refusal.Malformed malformed(String why, JsonProcessingException e) {
        var where = e.getLocation();
        return new Refusal.Malformed(
                Reason.BODY_MALFORMED,
                why,
                where == null ? 1 : where.getLineNr(),
                where == null ? 1 : where.getColumnNr());
    }

    /** The members of a body, as {@link JsonMembers} binds them. */
    public static <R extends Record> Parsed<R> parse(byte[] body, Class<R> type) {
        return JsonMembers.parse(object(body), type);
    }

    /** As {@link #parse}, where no body at all means no members. */
    public static <R extends Record> Parsed<R> optional(byte[] body, Class<R> type) {
        return body == null || body.length == 0
                ? JsonMembers.parse(JsonNodeFactory.instance.objectNode(), type)
                : parse(body, type);
    }

    /**
     * For acts that take no members: no body, whatever its type is said to be, or one without any.
     *
     * @throws NotSupportedException for a body that is no JSON
     */
    public static void refuseMembers(HttpHeaders headers, byte[] body) {
        var type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (body != null
                && body.length > 0
                && type != null
                && !JSON.matcher(type).matches()) {
            throw new NotSupportedException();
        }
        optional(body, Empty.class).readable();
    }

    /**
     * A merge patch (RFC 7396 section 2) of what is now. Every member is flat or an array: arrays are replaced whole.
     *
     * @param readOnly members beside, which only the portal sets, with their values: may be sent back
     */
    public static <R extends Record> Parsed<R> patched(R now, ObjectNode patch, ObjectNode readOnly) {
        return patched(now, patch, readOnly, Set.of());
    }

    /**
     * The same.
     *
     * @param computed members that may be sent with any value, and change nothing
     */
    @SuppressWarnings("unchecked")
    public static <R extends Record> Parsed<R> patched(
            R now, ObjectNode patch, ObjectNode readOnly, Set<String> computed) {
        var members = new JsonMembers(merged(JsonMembers.of(now), patch));
        var patched = (R) members.bind(now.getClass());
        return members.refuseChanges(readOnly).ignore(computed).parsed(patched);
    }

    private static ObjectNode merged(ObjectNode target, ObjectNode patch) {
        patch.fields().forEachRemaining(member -> {
            if (member.getValue().isNull()) {
                target.remove(member.getKey());
            } else {
                target.set(member.getKey(), member.getValue());
            }
        });
        return target;
    }

    /** Has no members. */
    public record Empty() {}
}

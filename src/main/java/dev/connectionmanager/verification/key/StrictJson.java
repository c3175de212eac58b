package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads JSON of strangers that every parser must read alike: UTF-8, no member twice, nothing after the value, and
 * within limits that keep the work small.
 */
public final class StrictJson {
    private static final int DEEPEST = 20;
    private static final int LONGEST_NUMBER = 100;

    /** Names of strangers are not pooled: a pool is a place for collisions. */
    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private StrictJson() {}

    /** Why something is no JSON that can be read in one way only, as a code and its arguments; never repeats the input. */
    public static final class Malformed extends Exception {
        public final transient List<String> why;

        public Malformed(String... why) {
            super(String.join(" ", why));
            this.why = List.of(why);
        }
    }

    /** Without a byte order mark; a missing value is the missing node. */
    public static JsonNode read(byte[] json, int from) throws Malformed {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json, from, json.length - from))
                    .toString();
            return READER.readTree(text);
        } catch (CharacterCodingException e) {
            throw new Malformed("not-utf-8");
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    /** Not the parser's own words: they repeat the input, which may hold a private key. */
    private static Malformed malformed(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return new Malformed("too-deep", Integer.toString(DEEPEST), Integer.toString(LONGEST_NUMBER));
        }
        if (e instanceof MismatchedInputException) {
            return new Malformed("trailing");
        }
        var why = e.getOriginalMessage().startsWith("Duplicate") ? "duplicate-member" : "not-json";
        var at = e.getLocation();
        return at == null
                ? new Malformed(why, "?", "?")
                : new Malformed(why, Integer.toString(at.getLineNr()), Integer.toString(at.getColumnNr()));
    }
}

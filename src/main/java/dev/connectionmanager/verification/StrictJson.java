package dev.connectionmanager.verification;

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

/**
 * Reads JSON of strangers that every parser must read alike: UTF-8, no member twice, nothing after the value, and
 * within limits that keep the work small.
 */
final class StrictJson {
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

    /** Why something is no JSON that can be read in one way only; the message never repeats the input. */
    static final class Malformed extends Exception {
        Malformed(String why) {
            super(why);
        }
    }

    /** Without a byte order mark; a missing value is the missing node. */
    static JsonNode read(byte[] json, int from) throws Malformed {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json, from, json.length - from))
                    .toString();
            return READER.readTree(text);
        } catch (CharacterCodingException e) {
            throw new Malformed("it is not UTF-8");
        } catch (JsonProcessingException e) {
            throw new Malformed(why(e));
        }
    }

    /** Not the parser's own words: they repeat the input, which may hold a private key. */
    private static String why(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested deeper than " + DEEPEST + " levels, or has a number of more than " + LONGEST_NUMBER
                    + " digits";
        }
        if (e instanceof MismatchedInputException) {
            return "something follows the end of the JSON value";
        }
        var at = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return (e.getOriginalMessage().startsWith("Duplicate")
                        ? "an object has two members of the same name"
                        : "it is not JSON")
                + at;
    }
}

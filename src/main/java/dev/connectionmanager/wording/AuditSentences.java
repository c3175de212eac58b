package dev.connectionmanager.wording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.connectionmanager.audit.AuditEvent;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every act of the audit trail as a sentence, from {@code acts.properties}. A placeholder is a member of what the event is
 * about, of the state after it or of the state before, in this order; {@code actor} is who did it.
 */
public final class AuditSentences {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.acts", Locale.ROOT);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 200;

    private AuditSentences() {}

    /** Every act that there is a sentence for. */
    public static List<String> codes() {
        return SENTENCES.keySet().stream().sorted().toList();
    }

    /** {@code registration-changed} as people say it, for lists of acts. */
    public static String title(String code) {
        var words = code.replace('-', ' ').replaceAll("\\bapi\\b", "API").replaceAll("\\bmail\\b", "email");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Who did what: {@code Olivia Owner registered ‘Clinic app’ in Integration}. */
    public static String sentence(AuditEvent event) {
        // A trail outlives the acts of a version: what is not known any more is still told.
        var pattern = SENTENCES.containsKey(event.act())
                ? SENTENCES.getString(event.act())
                : "{actor}: " + title(event.act()).toLowerCase(Locale.ROOT);
        var states = Stream.of(event.about(), event.after(), event.before())
                .map(AuditSentences::read)
                .toList();
        return PLACEHOLDER
                .matcher(pattern)
                .replaceAll(found -> Matcher.quoteReplacement(shown(
                        found.group(1).equals("actor") ? event.actorName() : value(found.group(1), event, states))));
    }

    private static String value(String name, AuditEvent event, List<JsonNode> states) {
        return states.stream()
                .map(state -> state.path(name))
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .findFirst()
                .map(JsonNode::asText)
                .orElse(event.objectId());
    }

    private static JsonNode read(String state) {
        try {
            return JSON.readTree(state == null ? "{}" : state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(String value) {
        var visible = value.codePoints()
                .limit(LONGEST)
                .mapToObj(RuleSentences::visible)
                .collect(Collectors.joining());
        return value.codePointCount(0, value.length()) > LONGEST ? visible + "…" : visible;
    }
}

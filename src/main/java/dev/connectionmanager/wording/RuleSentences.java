package dev.connectionmanager.wording;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.review.RequestEntry;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Actor;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sentence of each rule and of each refusal, for forms and API alike. */
public final class RuleSentences {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.rules", Locale.ROOT);
    private static final ResourceBundle REFUSALS =
            ResourceBundle.getBundle("dev.connectionmanager.wording.refusals", Locale.ROOT);
    /** Of what was typed, so much is repeated. */
    private static final int LONGEST_ARGUMENT = 200;

    private static final int MOST_ARGUMENTS = 10;

    /** What a sentence names, where nobody has sent anything. */
    private static final String GAP = "…";

    /** Alerts that a server sends too where the key of its certificate does not fit what it could else agree on. */
    private static final List<String> BROKEN_OFF = List.of("handshake_failure", "alert: protocol_version");

    private static final Set<String> BUSY = Set.of("429", "503");

    private static final ResourceBundle REVIEW =
            ResourceBundle.getBundle("dev.connectionmanager.wording.review", Locale.ROOT);

    private RuleSentences() {}

    /** Why a reviewer should look at it. */
    public static String of(Risk risk) {
        var key = "risk." + risk.kind().code();
        return switch (risk.kind()) {
            case WARNING_OPEN -> REVIEW.getString(key) + " " + ofCode(risk.arguments());
            case WEAKER_MECHANISM ->
                said(
                        REVIEW,
                        key,
                        risk.arguments().stream().map(FieldLabels::mechanism).toList());
            default -> said(REVIEW, key, risk.arguments());
        };
    }

    /** What was said with it; for an approval by the portal itself, by which rule. */
    public static Optional<String> of(RequestEntry entry) {
        var byRule = entry.kind() == RequestEntry.Kind.APPROVED
                && entry.role().equals(Actor.portal().roleNameIn(null));
        return byRule ? Optional.of(REVIEW.getString("approved-by-rule")) : entry.text();
    }

    /** How far it is, and what there is to do. */
    public static String of(ReadinessTask task) {
        return said(
                REVIEW,
                "readiness." + task.code(),
                task.arguments().stream().map(RuleSentences::day).toList());
    }

    /** A date as people write it; what is none, as it is. */
    private static String day(String argument) {
        try {
            return Dates.day(LocalDate.parse(argument));
        } catch (DateTimeParseException e) {
            return argument;
        }
    }

    /** What a task of this kind is called in a list. */
    public static String title(ReadinessTask task) {
        return REVIEW.getString("readiness." + task.kind().code());
    }

    /** What stands in the way and what to do; for rejected input, that the findings say it. */
    public static String of(Refusal refusal) {
        var code = refusal.reason().code();
        if (refusal.reason() == Reason.STALE && !refusal.arguments().isEmpty()) {
            var parts = refusal.arguments().stream().map(part -> part(REFUSALS, code + ".0." + part, part));
            return format(REFUSALS.getString(code + ".parts"), parts.collect(Collectors.joining("; ")));
        }
        return said(REFUSALS, code, refusal.arguments());
    }

    /**
     * Every code that a problem document or a finding can have, with its sentence; … stands where the sentence names what
     * was sent.
     */
    public static Map<String, String> catalogue() {
        var catalogue = new TreeMap<String, String>();
        for (var reason : Reason.values()) {
            catalogue.put(reason.code(), plain(REFUSALS, reason.code()));
        }
        for (var rule : Rule.values()) {
            catalogue.put(rule.code(), plain(SENTENCES, rule.code()));
        }
        return catalogue;
    }

    private static String plain(ResourceBundle sentences, String key) {
        var sentence = withGaps(sentences.getString(key));
        // Where the first argument says all, each of what it can say.
        return sentence.equals(GAP)
                ? sentences.keySet().stream()
                        .filter(line -> line.startsWith(key + ".0."))
                        .sorted()
                        .map(line -> withGaps(sentences.getString(line)))
                        .collect(Collectors.joining(" "))
                : sentence;
    }

    private static String withGaps(String sentence) {
        return format(sentence, Collections.nCopies(MOST_ARGUMENTS, GAP).toArray());
    }

    /** Of a reason whose sentence names nothing. */
    public static String of(Reason reason) {
        return said(REFUSALS, reason.code(), List.of());
    }

    /**
     * An argument that is a code is said by the line {@code key.place.code}, which may name the other arguments; all others
     * are shown as they are.
     */
    private static String said(ResourceBundle sentences, String key, List<String> arguments) {
        var shown = arguments.stream().map(RuleSentences::shortened).toArray(String[]::new);
        var parts = new Object[shown.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(sentences, key + "." + i + "." + arguments.get(i), shown[i], (Object[]) shown);
        }
        return format(sentences.getString(key), parts);
    }

    private static String part(ResourceBundle sentences, String key, String otherwise, Object... arguments) {
        return sentences.containsKey(key) ? format(sentences.getString(key), arguments) : otherwise;
    }

    private static String format(String sentence, Object... arguments) {
        return new MessageFormat(sentence, Locale.ROOT).format(arguments);
    }

    /** What is wrong, where it helps what was typed, and how to put it right. */
    public static String of(Violation violation) {
        var code = violation.rule().code();
        return switch (violation.rule()) {
            case REGISTERED_ENDPOINT_FAILS, JWKS_SECOND_FETCH_FAILS ->
                SENTENCES.getString(code) + " " + ofCode(violation.arguments());
            // Earlier versions kept the code alone.
            case LOGOUT_RESPONSE_UNUSABLE ->
                violation.arguments().size() < 2
                        ? SENTENCES.getString(code)
                        : SENTENCES.getString(code) + " " + ofCode(violation.arguments());
            case FRAMEWORK_AUTH_METHOD, FRAMEWORK_SIGNED_USERINFO, FRAMEWORK_BACKCHANNEL_LOGOUT ->
                said(SENTENCES, code, byItsName(violation.arguments()));
            case RESPONSE_STATUS, LOGOUT_RESPONSE_STATUS, LOGOUT_ENDPOINT_FAILS ->
                said(SENTENCES, status(code, violation.arguments()), violation.arguments());
            case TLS_CIPHER_WEAK, TLS_VERSION_TOO_OLD ->
                said(SENTENCES, brokenOff(violation.arguments()) ? code + ".or.key" : code, violation.arguments());
            case CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_EXPIRES_SOON, CERTIFICATE_REVOKED ->
                said(
                        SENTENCES,
                        code,
                        violation.arguments().stream().map(RuleSentences::time).toList());
            default -> said(SENTENCES, code, violation.arguments());
        };
    }

    /** @param framework its code, and what else the sentence names */
    private static List<String> byItsName(List<String> framework) {
        var named = new ArrayList<>(framework);
        named.set(0, FieldLabels.framework(named.get(0)));
        return named;
    }

    private static boolean brokenOff(List<String> arguments) {
        return BROKEN_OFF.stream().anyMatch(arguments.get(0)::contains);
    }

    /** What a server answers that is busy is nothing to look for a mistake behind. */
    private static String status(String code, List<String> arguments) {
        if (arguments.size() > 1) {
            return code + ".or.busy-until";
        }
        var busy = code + ".or.busy";
        return BUSY.contains(arguments.get(0)) && SENTENCES.containsKey(busy) ? busy : code;
    }

    /** A time as people write it; what is none, as it is. */
    private static String time(String argument) {
        try {
            return Dates.time(Instant.parse(argument));
        } catch (DateTimeParseException e) {
            return argument;
        }
    }

    /** @param rule the code of a rule, and what its sentence names */
    private static String ofCode(List<String> rule) {
        return Rule.ofCode(rule.get(0))
                .map(known -> of(new Violation("", known, rule.subList(1, rule.size()))))
                .orElse(rule.get(0));
    }

    private static String shortened(String argument) {
        var visible = argument.codePoints()
                .limit(LONGEST_ARGUMENT)
                .mapToObj(RuleSentences::visible)
                .collect(Collectors.joining());
        return argument.codePointCount(0, argument.length()) <= LONGEST_ARGUMENT ? visible : visible + "…";
    }

    /** What nobody can see, or what no encoding of the answer can carry, is told by its code point. */
    static String visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> String.format("[U+%04X]", c);
            default -> Character.toString(c);
        };
    }
}

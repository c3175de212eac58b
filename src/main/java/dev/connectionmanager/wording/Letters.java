package dev.connectionmanager.wording;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.LetterWriter;
import dev.connectionmanager.policy.Joiners;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Violation;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The words of every letter: subject, what happened and what is next, from {@code letters.properties}, and a link into
 * the portal. What was typed stands in them as text, whatever it looks like: never as a header, markup or a link.
 */
@Singleton
public class Letters implements LetterWriter {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.letters", Locale.ROOT);
    /**
     * {@code {name}}, or {@code {name:date}} for an argument that is a time in RFC 3339, {@code {name:bracketed}} for one
     * that letters of an earlier version lack, {@code {name:names}} for members of a request with a blank between them, {@code {name:sentences}} for violations in JSON, {@code {name:working}} and
     * {@code {name:revoked}} for a list of API credentials, one a line, of which nothing is said where there are none.
     */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{([a-z_]+)(?::(date|bracketed|names|sentences|working|revoked))?}");

    private static final Map<String, String> LISTS = Map.of(
            "working", "These API credentials, made by this member, go on working:",
            "revoked", "These API credentials, made by this member, were revoked:");

    /** Of what was typed, so much is repeated: in a subject, and in the letter. */
    private static final int LONGEST_IN_SUBJECT = 100;

    private static final int LONGEST = 5_000;

    private static final String LEFT_OUT = "[name left out]";

    private static final String WHY = "You get this mail because you are a member or contact of a team in Connection"
            + " Manager, or an operator. It never asks you for a client secret or a password.";

    private final String publicUrl;
    private final Template html;

    Letters(
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl,
            @Location("letters/letter") Template html) {
        this.publicUrl = publicUrl;
        this.html = html;
    }

    @Override
    public Written write(Letter letter) {
        var subject = filled(letter, "subject", typed -> inSubject(letter, typed));
        var what = filled(letter, "what", typed -> lines(shortened(typed, LONGEST)));
        var next = filled(letter, "next", typed -> lines(shortened(typed, LONGEST)));
        var link = publicUrl + Links.path(letter);
        return new Written(subject, text(what, next, link), html(subject, what, next, link));
    }

    /**
     * What was typed, in a subject that strangers read: a name that looks like an address or a national service would make
     * them follow it (CWE-451).
     */
    private static String inSubject(Letter letter, String typed) {
        return letter.toStrangers()
                        && (NameText.carriesAddress(typed)
                                || NameText.nationalService(typed).isPresent())
                ? LEFT_OUT
                : oneLine(shortened(typed, LONGEST_IN_SUBJECT));
    }

    private static String text(String what, String next, String link) {
        return """
                %s

                What happens next
                %s

                %s

                --\s
                %s
                """.formatted(what, next, link, WHY);
    }

    private String html(String subject, String what, String next, String link) {
        return html.data("subject", subject)
                .data("what", what.lines().toList())
                .data("next", next.lines().toList())
                .data("link", link)
                .data("why", WHY)
                .render();
    }

    private static String filled(Letter letter, String part, UnaryOperator<String> shown) {
        return PLACEHOLDER.matcher(sentence(letter.code() + "." + part)).replaceAll(found -> {
            var kind = Objects.requireNonNullElse(found.group(2), "");
            if (LISTS.containsKey(kind)) {
                return Matcher.quoteReplacement(list(letter, found.group(1), LISTS.get(kind)));
            }
            if (kind.equals("bracketed")) {
                var given = letter.arguments().get(found.group(1));
                return given == null ? "" : Matcher.quoteReplacement(" (" + shown.apply(given) + ")");
            }
            var argument = argument(letter, found.group(1));
            return Matcher.quoteReplacement(
                    switch (kind) {
                        case "date" -> date(argument);
                        case "names" -> names(argument);
                        case "sentences" -> sentences(argument);
                        default -> shown.apply(argument);
                    });
        });
    }

    /** Empty for a letter that an earlier version posted, too. */
    private static String list(Letter letter, String name, String introduction) {
        var listed = letter.arguments().getOrDefault(name, "");
        return listed.isEmpty()
                ? ""
                : listed.lines()
                        .map(Letters::visible)
                        .collect(Collectors.joining("\n", "\n" + introduction + "\n", ""));
    }

    private static String names(String members) {
        return members.isEmpty()
                ? ""
                : Stream.of(members.split(" "))
                        .map(FieldLabels::fieldName)
                        .collect(Collectors.joining(", ", "To be changed: ", ".\n"));
    }

    private static String sentences(String violations) {
        return Stream.of(StoredJson.read(violations, Violation[].class))
                .filter(violation -> violation.rule() != null)
                .map(RuleSentences::of)
                .collect(Collectors.joining("\n"));
    }

    private static String sentence(String key) {
        try {
            return SENTENCES.getString(key);
        } catch (MissingResourceException e) {
            throw new IllegalArgumentException("letters.properties has no " + key);
        }
    }

    private static String argument(Letter letter, String name) {
        var argument = letter.arguments().get(name);
        if (argument == null) {
            throw new IllegalArgumentException("The letter " + letter.code() + " needs the argument " + name);
        }
        return argument;
    }

    private static String date(String argument) {
        try {
            return Dates.day(Instant.parse(argument));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not a time in RFC 3339: " + argument);
        }
    }

    private static String shortened(String typed, int longest) {
        return typed.codePointCount(0, typed.length()) <= longest
                ? typed
                : typed.substring(0, typed.offsetByCodePoints(0, longest)) + "…";
    }

    private static String oneLine(String typed) {
        return visible(typed.replaceAll("\\s+", " "));
    }

    private static String lines(String typed) {
        return typed.strip().lines().map(Letters::visible).collect(Collectors.joining("\n"));
    }

    private static String visible(String line) {
        var needed = Joiners.allNeeded(line);
        return line.codePoints()
                .mapToObj(c -> needed && Joiners.joins(c) ? Character.toString(c) : RuleSentences.visible(c))
                .collect(Collectors.joining());
    }
}

package dev.connectionmanager.web.form;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.wording.RuleSentences;
import java.util.List;
import java.util.regex.Pattern;

/** What the rules say of a form, as its pages show it: once in the summary, once beside each field. */
public record FormErrors(List<Entry> blocking, List<Entry> warnings) {

    public static final FormErrors NONE = new FormErrors(List.of(), List.of());

    public static FormErrors of(Violations found) {
        return new FormErrors(entries(found, true), entries(found, false));
    }

    /** @param field the HTML id of what a refusal of the whole is about */
    static FormErrors of(Refusal refusal, String field) {
        return refusal instanceof Refusal.Rejected rejected
                ? of(rejected.violations())
                : refused(field, RuleSentences.of(refusal));
    }

    /** @param field the HTML id of what was refused */
    public static FormErrors refused(String field, String why) {
        return new FormErrors(List.of(new Entry(field, field, "refused", why)), List.of());
    }

    private static List<Entry> entries(Violations found, boolean blocking) {
        return found.all().stream()
                .filter(violation -> violation.blocks() == blocking)
                .map(Entry::of)
                .toList();
    }

    /** The same, each linked to one place. */
    FormErrors at(String field) {
        return new FormErrors(
                blocking.stream()
                        .map(entry -> new Entry(entry.path, field, entry.code, entry.sentence))
                        .toList(),
                warnings);
    }

    /** The same, of a form in which each list is one box with a value a line: each says which line it is about. */
    public FormErrors inLines() {
        return new FormErrors(blocking.stream().map(Entry::inLines).toList(), warnings);
    }

    public boolean any() {
        return !blocking.isEmpty();
    }

    /** The sentences about one field, by its path: {@code redirect_uris/2}. */
    public List<String> of(String path) {
        return sentences(blocking, path);
    }

    /** The sentences about one value of a field. */
    public List<String> of(String path, int index) {
        return of(path + "/" + index);
    }

    private static List<String> sentences(List<Entry> entries, String path) {
        return entries.stream()
                .filter(entry -> entry.path().equals(path))
                .map(Entry::sentence)
                .toList();
    }

    /** One finding; {@code field} is the HTML id of what it is about. */
    public record Entry(String path, String field, String code, String sentence) {
        private static final Pattern OF_LIST = Pattern.compile("(\\w+)/([0-9]+)");

        private Entry inLines() {
            var place = OF_LIST.matcher(path);
            return place.matches()
                    ? new Entry(
                            place.group(1),
                            place.group(1),
                            code,
                            "Line " + (Integer.parseInt(place.group(2)) + 1) + ": " + sentence)
                    : this;
        }

        static Entry of(Violation violation) {
            return new Entry(
                    violation.path(),
                    violation.path().replace('/', '-'),
                    violation.rule().code(),
                    RuleSentences.of(violation));
        }
    }
}

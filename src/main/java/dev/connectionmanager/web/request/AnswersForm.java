package dev.connectionmanager.web.request;

import com.google.common.hash.Hashing;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.web.form.DateBoxes;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.wording.RuleSentences;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page that asks what operators need beside the metadata.
 *
 * @param typed what the boxes hold
 * @param date what the boxes of the date hold
 * @param tag of the answers when the page was opened
 */
record AnswersForm(RequestReview file, Answers typed, DateBoxes date, String tag, FormErrors errors) {
    private static final String DATE = "private_key_jwt_planned_for";

    static AnswersForm of(RequestReview file) {
        var answers = file.request().answers();
        return new AnswersForm(
                file, answers, DateBoxes.of(answers.privateKeyJwtPlannedFor()), tag(answers), FormErrors.NONE);
    }

    /**
     * What the form changes; what it does not ask stays.
     *
     * @throws Refusal.Stale when somebody else has changed an answer since the page was opened
     */
    static Answers onto(Answers now, MultivaluedMap<String, String> fields) {
        var typed = typed(now, fields);
        var read = fields.getFirst("tag");
        if (read != null && !read.equals(tag(now)) && !typed.equals(now)) {
            throw new Refusal.Stale();
        }
        return typed;
    }

    /** The page again with what was typed, and why it was not kept. */
    static AnswersForm refused(RequestReview file, MultivaluedMap<String, String> fields, Refusal refusal) {
        var now = file.request().answers();
        var typed = typed(now, fields);
        var errors = refusal instanceof Refusal.Rejected rejected
                ? FormErrors.of(rejected.violations())
                : refusal instanceof Refusal.Stale
                        ? new FormErrors(differences(now, typed), List.of())
                        : FormErrors.refused(
                                "conformance_reference", RuleSentences.of(refusal) + " Nothing was saved.");
        return new AnswersForm(file, typed, DateBoxes.typed(DATE, fields), tag(now), errors);
    }

    private static Answers typed(Answers now, MultivaluedMap<String, String> fields) {
        return new Answers(
                given(fields, "note", now.note()),
                given(fields, "conformance_reference", now.conformanceReference()),
                given(fields, "connection_agreement_reference", now.connectionAgreementReference()),
                DateBoxes.sent(DATE, fields)
                        ? DateBoxes.typed(DATE, fields).text()
                        : given(fields, DATE, now.privateKeyJwtPlannedFor()));
    }

    /** A box left empty is no answer. */
    private static String given(MultivaluedMap<String, String> fields, String name, String now) {
        var value = fields.getFirst(name);
        if (value == null) {
            return now;
        }
        return value.isEmpty() ? null : value;
    }

    private static List<FormErrors.Entry> differences(Answers now, Answers typed) {
        var differences = new ArrayList<FormErrors.Entry>();
        differ(differences, "conformance_reference", now.conformanceReference(), typed.conformanceReference());
        differ(
                differences,
                "connection_agreement_reference",
                now.connectionAgreementReference(),
                typed.connectionAgreementReference());
        differ(differences, DATE, now.privateKeyJwtPlannedFor(), typed.privateKeyJwtPlannedFor());
        differ(differences, "note", now.note(), typed.note());
        return differences;
    }

    private static void differ(List<FormErrors.Entry> differences, String field, String now, String typed) {
        if (!Objects.equals(now, typed)) {
            var is = now == null ? "not provided" : "‘" + now + "’";
            differences.add(new FormErrors.Entry(
                    field,
                    field,
                    "changed",
                    "The answers have changed since you opened the page. " + Labels.fieldName(field) + " is now " + is
                            + ". Nothing was saved: continue to replace it with what is below."));
        }
    }

    /** No answer holds U+0000. */
    private static String tag(Answers answers) {
        var text = Stream.of(
                        answers.note(),
                        answers.conformanceReference(),
                        answers.connectionAgreementReference(),
                        answers.privateKeyJwtPlannedFor())
                .map(answer -> Objects.requireNonNullElse(answer, ""))
                .collect(Collectors.joining("\0"));
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }
}

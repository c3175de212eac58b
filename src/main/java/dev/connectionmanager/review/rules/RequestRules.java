package dev.connectionmanager.review.rules;

import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** The policy on what is said in and about a request. The client metadata in it is judged by the rules of registration. */
public final class RequestRules {
    private static final int LONGEST_TEXT = 4_000;

    private RequestRules() {}

    /** Whether what was typed can be kept; what is still missing is judged on submission only. */
    public static Violations check(Answers answers) {
        var found = new Violations.Collector();
        if (answers.note() != null && !NameText.paragraphs(answers.note(), LONGEST_TEXT)) {
            found.add("note", Rule.REQUEST_TEXT_INVALID, "note");
        }
        checkReference("conformance_reference", answers.conformanceReference(), found);
        checkReference("connection_agreement_reference", answers.connectionAgreementReference(), found);
        var planned = answers.privateKeyJwtPlannedFor();
        if (planned != null && date(planned) == null) {
            found.add("private_key_jwt_planned_for", Rule.REQUEST_DATE_INVALID, planned);
        }
        return found.violations();
    }

    /** A date that is typed anew lies ahead; one that was kept may pass. */
    public static Violations checkPlanned(Answers before, Answers after, LocalDate today) {
        var found = new Violations.Collector();
        var planned = after.privateKeyJwtPlannedFor();
        if (planned != null && !planned.equals(before.privateKeyJwtPlannedFor())) {
            var day = date(planned);
            if (day != null && day.isBefore(today)) {
                found.add("private_key_jwt_planned_for", Rule.REQUEST_DATE_PAST, planned);
            }
        }
        return found.violations();
    }

    /** What operators must have before they can approve anything. */
    public static Violations checkComplete(Answers answers) {
        var found = new Violations.Collector();
        if (answers.conformanceReference() == null) {
            found.add("conformance_reference", Rule.REQUEST_REFERENCE_REQUIRED, "conformance");
        }
        if (answers.connectionAgreementReference() == null) {
            found.add("connection_agreement_reference", Rule.REQUEST_REFERENCE_REQUIRED, "connection-agreement");
        }
        return found.violations();
    }

    /**
     * @param member where it is typed
     * @param kind what people call it: {@code comment}, {@code note}, {@code reason}
     */
    public static Violations checkText(String member, String kind, String text) {
        var found = new Violations.Collector();
        if (text == null || text.isBlank()) {
            found.add(member, Rule.REQUEST_TEXT_REQUIRED, kind);
        } else if (!NameText.paragraphs(text, LONGEST_TEXT)) {
            found.add(member, Rule.REQUEST_TEXT_INVALID, kind);
        }
        return found.violations();
    }

    /**
     * @param outcome an approval may go without a comment; the team must hear why else
     * @param fields metadata members and answers that are to be changed
     * @param known their names
     */
    public static Violations check(RequestAct outcome, String comment, List<String> fields, Set<String> known) {
        var found = new Violations.Collector();
        if (outcome == RequestAct.APPROVE && (comment == null || comment.isBlank())) {
            return found.violations();
        }
        found.addAll(checkText("comment", "reason", comment));
        for (int i = 0; i < fields.size(); i++) {
            if (!known.contains(fields.get(i))) {
                found.add("fields/" + i, Rule.REQUEST_FIELD_UNKNOWN, fields.get(i));
            }
        }
        return found.violations();
    }

    /** The date that this text is; {@code null} where it is none. */
    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void checkReference(String member, String reference, Violations.Collector found) {
        if (reference != null && NameText.fault(reference).isPresent()) {
            found.add(member, Rule.REQUEST_REFERENCE_INVALID);
        }
    }
}

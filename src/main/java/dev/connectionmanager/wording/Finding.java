package dev.connectionmanager.wording;

import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import java.util.List;

/**
 * A violation as answers carry it.
 *
 * @param pointer JSON pointer (RFC 6901) into what was sent
 * @param code the rule's stable code
 * @param severity {@code blocks} or {@code warns}
 * @param detail what is wrong and how to put it right
 */
public record Finding(String pointer, String code, String severity, String detail) {

    public static List<Finding> of(Violations violations) {
        return violations.all().stream().map(Finding::of).toList();
    }

    private static Finding of(Violation violation) {
        return new Finding(
                violation.path().isEmpty() ? "" : "/" + violation.path(),
                violation.rule().code(),
                violation.rule().severity().code(),
                RuleSentences.of(violation));
    }
}

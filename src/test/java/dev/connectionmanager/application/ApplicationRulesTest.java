package dev.connectionmanager.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.team.rules.Category;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Beside the table of inputs, in which each candidate is judged. */
class ApplicationRulesTest {
    @Test
    void keepsNamesInNormalFormAndAnEmptyDescriptionForNone() {
        var candidate = new ApplicationCandidate("Cafe\u0301", null, "supplier", "native", List.of("a@b.nhs.uk"), null);
        assertThat(ApplicationRules.accept(candidate))
                .isEqualTo(new Application.Details(
                        "Caf\u00e9", "", Category.SUPPLIER, ApplicationType.NATIVE, List.of("a@b.nhs.uk"), null));
    }
}

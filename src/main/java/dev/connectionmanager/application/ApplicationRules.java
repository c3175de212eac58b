package dev.connectionmanager.application;

import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.rules.Category;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The policy on what a team says of its application. */
public final class ApplicationRules {
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_CONTACTS = 10;

    private ApplicationRules() {}

    /** @param categories those that the team may use */
    public static Violations check(ApplicationCandidate candidate, List<Category> categories) {
        var found = new Violations.Collector();
        if (candidate.name() == null || NameText.fault(candidate.name()).isPresent()) {
            found.add("name", Rule.APPLICATION_NAME_INVALID);
        }
        if (!NameText.paragraphs(Objects.requireNonNullElse(candidate.description(), ""), LONGEST_DESCRIPTION)) {
            found.add("description", Rule.APPLICATION_DESCRIPTION_INVALID);
        }
        if (Category.ofCode(candidate.category()).filter(categories::contains).isEmpty()) {
            found.add(
                    "category",
                    Rule.APPLICATION_CATEGORY_NOT_ALLOWED,
                    categories.stream().map(Category::code).collect(Collectors.joining(", ")));
        }
        if (ApplicationType.ofCode(candidate.applicationType()).isEmpty()) {
            found.add("application_type", Rule.APPLICATION_TYPE_INVALID);
        }
        checkContacts(candidate.contacts(), found);
        if (candidate.framework() != null && !Framework.choices().contains(candidate.framework())) {
            found.add("framework", Rule.APPLICATION_FRAMEWORK_UNKNOWN, String.join(", ", Framework.choices()));
        }
        return found.violations();
    }

    /** What is kept of a candidate that nothing blocks. */
    static Application.Details accept(ApplicationCandidate candidate) {
        return new Application.Details(
                Normalizer.normalize(candidate.name(), Normalizer.Form.NFC),
                Objects.requireNonNullElse(candidate.description(), ""),
                Category.ofCode(candidate.category()).orElseThrow(),
                ApplicationType.ofCode(candidate.applicationType()).orElseThrow(),
                candidate.contacts(),
                candidate.framework());
    }

    static void checkContacts(List<String> contacts, Violations.Collector found) {
        if (contacts.size() > MOST_CONTACTS) {
            found.add("contacts", Rule.APPLICATION_CONTACTS_TOO_MANY);
            return;
        }
        for (int i = 0; i < contacts.size(); i++) {
            if (!EmailAddress.valid(contacts.get(i))) {
                found.add("contacts/" + i, Rule.APPLICATION_CONTACT_INVALID, contacts.get(i));
            }
        }
    }
}

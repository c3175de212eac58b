package dev.connectionmanager.web.application;

import com.google.common.base.Strings;
import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Framework;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.PastedText;
import dev.connectionmanager.web.form.Radios;
import dev.connectionmanager.wording.FieldLabels;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The page on which an application is made or changed.
 *
 * @param application what is changed; {@code null} for a new one
 * @param categoryLocked why category and type cannot change; {@code null} where they can
 * @param typed what the boxes hold
 * @param found what is wrong with it; empty before it is sent
 * @param stale whether somebody else has changed the application since this page was opened
 */
record ApplicationForm(
        Team team,
        Application application,
        String categoryLocked,
        ApplicationCandidate typed,
        Violations found,
        boolean stale) {

    static ApplicationForm empty(Team team) {
        return new ApplicationForm(
                team,
                null,
                null,
                new ApplicationCandidate("", "", null, null, List.of(), null),
                Violations.NONE,
                false);
    }

    /** Values as typed; email addresses one a line. */
    static ApplicationCandidate typed(MultivaluedMap<String, String> fields) {
        var contacts = fields.getFirst("contacts");
        return new ApplicationCandidate(
                fields.getFirst("name"),
                Objects.requireNonNullElse(fields.getFirst("description"), ""),
                fields.getFirst("category"),
                fields.getFirst("application_type"),
                contacts == null ? List.of() : PastedText.lines(contacts),
                Strings.emptyToNull(fields.getFirst("framework")));
    }

    public FormErrors errors() {
        return FormErrors.of(found).inLines();
    }

    public String contacts() {
        return String.join("\n", typed.contacts());
    }

    public String radioId(String name, int index) {
        return Radios.id(name, index);
    }

    public boolean isCategory(String code) {
        return code.equals(typed.category());
    }

    public boolean isType(String code) {
        return code.equals(typed.applicationType());
    }

    /** What can be chosen, with what it is called. */
    public List<Option> frameworks() {
        return Framework.choices().stream()
                .map(code -> new Option(code, FieldLabels.framework(code), code.equals(typed.framework())))
                .toList();
    }

    public record Option(String code, String label, boolean chosen) {}

    public String back() {
        return application == null ? "/teams/" + team.id() : "/applications/" + application.id();
    }

    public String action() {
        return application == null
                ? "/teams/" + team.id() + "/applications/new"
                : "/applications/" + application.id() + "/details";
    }

    /** What the application says now, where that differs from what is in the boxes. */
    public List<Difference> differences() {
        var differences = new ArrayList<Difference>();
        var now = ApplicationCandidate.of(application.details());
        differ(differences, "Name", now.name(), typed.name());
        differ(differences, "Description", now.description(), typed.description());
        differ(differences, "Category", now.category(), typed.category());
        differ(differences, "Type", now.applicationType(), typed.applicationType());
        differ(differences, "Framework", framework(now.framework()), framework(typed.framework()));
        differ(differences, "Contacts", String.join(", ", now.contacts()), String.join(", ", typed.contacts()));
        return differences;
    }

    private static String framework(String code) {
        return code == null ? "" : FieldLabels.framework(code);
    }

    private static void differ(List<Difference> differences, String name, String now, String yours) {
        if (!Objects.equals(now, yours)) {
            differences.add(new Difference(name, now, yours));
        }
    }

    record Difference(String name, String now, String yours) {}
}

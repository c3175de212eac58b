package dev.connectionmanager.web.form;

import dev.connectionmanager.team.rules.Category;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;

/**
 * The boxes that describe a team, as typed: when an operator gives access, and when a newcomer asks for it.
 *
 * @param purpose what the page is for
 * @param email the first owner's address, or where the decision is sent
 * @param errors what is wrong with it; none before it is sent
 */
@RecordBuilder
public record TeamForm(
        Purpose purpose, String teamId, String name, List<String> categories, String email, FormErrors errors)
        implements TeamFormBuilder.With {
    /** Who fills it in, and why. */
    public enum Purpose {
        GIVE("owner_email"),
        ASK("contact");

        private final String emailMember;

        Purpose(String emailMember) {
            this.emailMember = emailMember;
        }
    }

    public static TeamForm empty(Purpose purpose, String email) {
        return new TeamForm(purpose, "", "", List.of(), email, FormErrors.NONE);
    }

    public static TeamForm typed(Purpose purpose, MultivaluedMap<String, String> fields) {
        return new TeamForm(
                purpose,
                text(fields, "team_id"),
                text(fields, "name"),
                Objects.requireNonNullElse(fields.get("categories"), List.of()),
                text(fields, purpose.emailMember),
                FormErrors.NONE);
    }

    public TeamForm with(FormErrors found) {
        return withErrors(found);
    }

    public boolean gives() {
        return purpose == Purpose.GIVE;
    }

    public String emailMember() {
        return purpose.emailMember;
    }

    public CategoryChoice categoryChoice() {
        return new CategoryChoice(categories, errors);
    }

    private static String text(MultivaluedMap<String, String> fields, String name) {
        return Objects.requireNonNullElse(fields.getFirst(name), "");
    }

    /** The boxes of the three categories. */
    public record CategoryChoice(List<String> chosen, FormErrors errors) {
        public Category[] all() {
            return Category.values();
        }

        public boolean has(Category category) {
            return chosen.contains(category.code());
        }

        public String id(int index) {
            return Radios.id("categories", index);
        }
    }
}

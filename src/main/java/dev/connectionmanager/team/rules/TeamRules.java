package dev.connectionmanager.team.rules;

import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The policy on teams, their members and requests for access. */
public final class TeamRules {
    private static final int LONGEST_REASON = 1_000;

    private TeamRules() {}

    public static Violations check(NewTeam candidate) {
        return team(
                candidate.teamId(), candidate.name(), candidate.categories(), "owner_email", candidate.ownerEmail());
    }

    public static Violations check(TeamRequestCandidate candidate) {
        return team(candidate.teamId(), candidate.name(), candidate.categories(), "contact", candidate.contact());
    }

    public static Violations check(TeamSettings candidate) {
        var found = new Violations.Collector();
        checkName(candidate.name(), found);
        checkCategories(candidate.categories(), found);
        return found.violations();
    }

    public static Violations check(MemberCandidate candidate) {
        var found = new Violations.Collector();
        checkAddress("email", candidate.email(), found);
        if (Role.ofCode(candidate.role()).isEmpty()) {
            found.add("role", Rule.MEMBER_ROLE_INVALID);
        }
        return found.violations();
    }

    public static Violations check(OwnerNaming candidate) {
        var found = new Violations.Collector();
        checkAddress("email", candidate.email(), found);
        checkReason(candidate.reason(), true, found);
        return found.violations();
    }

    public static Violations check(TeamDecision decision) {
        var found = new Violations.Collector();
        if (!decision.accepts() && !"decline".equals(decision.outcome())) {
            found.add("outcome", Rule.TEAM_REQUEST_OUTCOME_INVALID);
        }
        checkReason(decision.reason(), "decline".equals(decision.outcome()), found);
        return found.violations();
    }

    /** A name that nothing blocks, as it is kept: one spelling for what looks the same. */
    public static String name(String accepted) {
        return Normalizer.normalize(accepted, Normalizer.Form.NFC);
    }

    /** Categories that nothing blocks, in the catalogue's order, each once. */
    public static List<Category> categories(List<String> accepted) {
        return Stream.of(Category.values())
                .filter(category -> accepted.contains(category.code()))
                .toList();
    }

    private static Violations team(
            String teamId, String name, List<String> categories, String addressMember, String address) {
        var found = new Violations.Collector();
        // The nil UUID is what software sends that has none.
        if (teamId == null || !Ids.isUuid(teamId) || UUID.fromString(teamId).equals(new UUID(0, 0))) {
            found.add("team_id", Rule.TEAM_ID_INVALID);
        }
        checkName(name, found);
        checkCategories(categories, found);
        checkAddress(addressMember, address, found);
        return found.violations();
    }

    private static void checkName(String name, Violations.Collector found) {
        if (name == null || NameText.fault(name).isPresent()) {
            found.add("name", Rule.TEAM_NAME_INVALID);
        }
    }

    private static void checkCategories(List<String> categories, Violations.Collector found) {
        if (categories.isEmpty() || categories.stream().map(Category::ofCode).anyMatch(Optional::isEmpty)) {
            found.add("categories", Rule.TEAM_CATEGORIES_INVALID);
        }
    }

    private static void checkAddress(String path, String address, Violations.Collector found) {
        if (!EmailAddress.valid(address)) {
            found.add(path, Rule.EMAIL_ADDRESS_INVALID);
        }
    }

    private static void checkReason(String reason, boolean needed, Violations.Collector found) {
        if (needed && reason.isBlank() || !NameText.paragraphs(reason, LONGEST_REASON)) {
            found.add("reason", Rule.REASON_INVALID);
        }
    }
}

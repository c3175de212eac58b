package dev.connectionmanager.team.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Violations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamRulesTest {
    private static final String EMAIL = "owner@supplier.co.uk";
    private static final List<String> SUPPLIER = List.of("supplier");

    /** The same rules hold for a team that operators give access to and for one that asks for it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | Ward systems | supplier       | owner@supplier.co.uk | ",
                "5F2C7F3E-6A51-4C64-9B8E-0D6A1F0C1A11   | Ward systems | local          | owner@supplier.co.uk | ",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | Ward systems | national local | owner@supplier.co.uk | ",
                "-                                      | Ward systems | supplier       | owner@supplier.co.uk | team_id team-id-invalid",
                "''                                     | Ward systems | supplier       | owner@supplier.co.uk | team_id team-id-invalid",
                "5f2c7f3e-6a51-4c64-9b8e                | Ward systems | supplier       | owner@supplier.co.uk | team_id team-id-invalid",
                // java.util.UUID takes short groups: one team would have many spellings.
                "5f2c7f3e-6a51-4c64-9b8e-1              | Ward systems | supplier       | owner@supplier.co.uk | team_id team-id-invalid",
                "{5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11} | Ward systems | supplier       | owner@supplier.co.uk | team_id team-id-invalid",
                // What software sends that has none.
                "00000000-0000-0000-0000-000000000000   | Ward systems | supplier       | owner@supplier.co.uk | team_id team-id-invalid",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | -            | supplier       | owner@supplier.co.uk | name team-name-invalid",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | ' '          | supplier       | owner@supplier.co.uk | name team-name-invalid",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | Ward systems | -              | owner@supplier.co.uk | categories team-categories-invalid",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | Ward systems | Supplier       | owner@supplier.co.uk | categories team-categories-invalid",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | Ward systems | supplier other | owner@supplier.co.uk | categories team-categories-invalid",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | Ward systems | supplier       | -                    | ADDRESS email-address-invalid",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11   | Ward systems | supplier       | owner                | ADDRESS email-address-invalid",
                "-                                      | -            | -              | -                    | team_id team-id-invalid, name team-name-invalid, categories team-categories-invalid, ADDRESS email-address-invalid",
            })
    void judgesANewTeamAllAtOnce(String id, String name, String categories, String address, String expected) {
        var several = categories == null ? null : List.of(categories.split(" "));
        var findings = expected == null ? "" : expected;
        assertThat(codes(TeamRules.check(new NewTeam(id, name, several, address))))
                .isEqualTo(findings.replace("ADDRESS", "owner_email"));
        assertThat(codes(TeamRules.check(new TeamRequestCandidate(id, name, several, address))))
                .isEqualTo(findings.replace("ADDRESS", "contact"));
    }

    @Test
    void judgesWhatIsChangedOfATeam() {
        assertThat(codes(TeamRules.check(new TeamSettings("Ward systems", SUPPLIER))))
                .isEmpty();
        assertThat(codes(TeamRules.check(new TeamSettings("", SUPPLIER)))).isEqualTo("name team-name-invalid");
        assertThat(codes(TeamRules.check(new TeamSettings("Ward systems", List.of("other")))))
                .isEqualTo("categories team-categories-invalid");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "owner@supplier.co.uk, owner,",
                "owner@supplier.co.uk, viewer,",
                "owner@supplier.co.uk, Owner,  role member-role-invalid",
                "owner@supplier.co.uk, -,      role member-role-invalid",
                "-,                    admin,  email email-address-invalid",
                // The Kelvin sign, which some programs take for a k.
                "\u212Aate@nhs.uk,     admin,  email email-address-invalid",
            })
    void judgesAMember(String email, String role, String expected) {
        assertThat(codes(TeamRules.check(new MemberCandidate(email, role))))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void tellsAddressAndRoleOfAMemberAtOnce() {
        assertThat(codes(TeamRules.check(new MemberCandidate("nobody", "boss"))))
                .isEqualTo("email email-address-invalid, role member-role-invalid");
    }

    @Test
    void wantsToKnowWhyAnOwnerIsNamed() {
        assertThat(codes(TeamRules.check(new OwnerNaming(EMAIL, "Both owners have left"))))
                .isEmpty();
        assertThat(codes(TeamRules.check(new OwnerNaming(EMAIL, " ")))).isEqualTo("reason reason-invalid");
        assertThat(codes(TeamRules.check(new OwnerNaming(EMAIL, null)))).isEqualTo("reason reason-invalid");
        assertThat(codes(TeamRules.check(new OwnerNaming("nobody", "Both owners have left"))))
                .isEqualTo("email email-address-invalid");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "accept,  -,               ",
                "accept,  Welcome,         ",
                "decline, Not a customer,  ",
                "decline, -,               reason reason-invalid",
                "decline, ' ',             reason reason-invalid",
                "accept,  'turned\u202e',  reason reason-invalid",
                "approve, -,               outcome team-request-outcome-invalid",
                "Decline, -,               outcome team-request-outcome-invalid",
                "-,       -,               outcome team-request-outcome-invalid",
            })
    void wantsAReasonForNo(String outcome, String reason, String expected) {
        assertThat(codes(TeamRules.check(new TeamDecision(outcome, reason))))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void takesReasonsOfAThousandCharactersInSeveralLines() {
        assertThat(codes(TeamRules.check(new TeamDecision("decline", "a\n" + "x".repeat(998)))))
                .isEmpty();
        assertThat(codes(TeamRules.check(new TeamDecision("decline", "a\n" + "x".repeat(999)))))
                .isEqualTo("reason reason-invalid");
    }

    @Test
    void keepsOneSpellingOfNamesAndCategories() {
        assertThat(TeamRules.name("Cafe\u0301")).isEqualTo("Caf\u00e9");
        assertThat(TeamRules.categories(List.of("local", "national", "local")))
                .containsExactly(Category.NATIONAL, Category.LOCAL);
    }

    private static String codes(Violations found) {
        return String.join(
                ", ",
                found.all().stream()
                        .map(violation ->
                                violation.path() + " " + violation.rule().code())
                        .toList());
    }
}

package dev.connectionmanager.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@PortalTest
class TeamsTest {
    private static final UUID FIRST = UUID.fromString("5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11");
    private static final UUID OTHER = UUID.fromString("9d0b54c0-3f0e-4c1b-8a35-7f5b0f6f2b22");

    @Inject
    Teams teams;

    @Inject
    Members members;

    private final UUID team = UUID.randomUUID();
    private final String email = team + "@supplier.example";

    @Test
    void keepsCategories() {
        teams.giveAccess(team, "Categories", List.of(Category.LOCAL, Category.SUPPLIER), Map.of(email, Role.OWNER));
        assertThat(teams.find(operator(), team).categories()).containsExactly(Category.LOCAL, Category.SUPPLIER);
    }

    @Test
    void whoeverLogsInFirstWithTheVerifiedAddressTakesThePlace() {
        giveAccess();
        assertThat(teams.rolesOf("first", email.toUpperCase(), "Name")).containsEntry(team, Role.ADMIN);
        assertThat(teams.rolesOf("second", email, "Name")).doesNotContainKey(team);
        assertThat(teams.rolesOf("first", "another@supplier.example", "Name"))
                .as("known by subject now")
                .containsEntry(team, Role.ADMIN);
    }

    @Test
    void withoutAVerifiedAddressNoPlaceIsTaken() {
        giveAccess();
        assertThat(teams.rolesOf("nobody", "", "Name")).isEmpty();
        assertThat(teams.rolesOf("somebody", email, "Name")).containsKey(team);
    }

    @Test
    void requestsAtOnceAllSucceedOnTheFirstLogIn() throws Exception {
        giveAccess();
        var roles = AtOnce.all(() -> teams.rolesOf("eager", email, "Name"), 8);
        assertThat(roles).hasSize(8).allSatisfy(found -> assertThat(found).containsEntry(team, Role.ADMIN));
    }

    @Test
    void onlyOneOfSeveralPeopleAtOnceTakesThePlace() throws Exception {
        giveAccess();
        var roles = AtOnce.all(() -> teams.rolesOf(UUID.randomUUID().toString(), email, "Name"), 8);
        assertThat(roles.stream().filter(found -> found.containsKey(team))).hasSize(1);
    }

    @Test
    void listsMembersToThoseWhoMayRead() {
        giveAccess();
        teams.rolesOf("bound", email, "Name");
        var viewer = Actor.person("v", "", "V", false, Map.of(team, Role.VIEWER));
        assertThat(members.page(viewer, team, null, 100).items())
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.email()).isEqualTo(email);
                    assertThat(member.role()).isEqualTo(Role.ADMIN);
                    assertThat(member.joined()).isTrue();
                });
        assertThatThrownBy(() -> members.page(stranger(), team, null, 100)).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void teamsAreInvisibleToEachOther() {
        var owner = Actor.person("o", "", "O", false, Map.of(FIRST, Role.OWNER));
        assertThat(teams.page(owner, "", null, 100).items())
                .extracting(Team::id)
                .containsExactly(FIRST);
        assertThatThrownBy(() -> teams.find(owner, OTHER)).isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> owner.mustBe(Role.VIEWER, OTHER)).isInstanceOf(Refusal.NotFound.class);
        assertThat(teams.page(stranger(), "", null, 100).items()).isEmpty();
        assertThat(teams.page(operator(), "", null, 100).items())
                .extracting(Team::id)
                .contains(FIRST, OTHER);
    }

    @Test
    void operatorsReadButHoldNoRole() {
        operator().mustRead(FIRST);
        assertThatThrownBy(() -> operator().mustBe(Role.VIEWER, FIRST)).isInstanceOf(Refusal.NotAllowed.class);
    }

    @Test
    void everyRequestOfAFirstLogInIsAnswered() throws Exception {
        var token = Persons.accessToken("admin");
        var answers = AtOnce.all(
                () -> Api.bare()
                        .auth()
                        .oauth2(token)
                        .get("/api/v1/teams/" + FIRST)
                        .statusCode(),
                8);
        assertThat(answers).containsOnly(200);
    }

    private void giveAccess() {
        teams.giveAccess(team, "Binding", List.of(Category.LOCAL), Map.of(email, Role.ADMIN));
    }

    private static Actor operator() {
        return Actor.person("op", "", "Op", true, Map.of());
    }

    private static Actor stranger() {
        return Actor.person("s", "", "S", false, Map.of());
    }
}

package dev.connectionmanager.team;

import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.rules.MemberCandidate;
import dev.connectionmanager.team.rules.NewTeam;
import dev.connectionmanager.team.rules.OwnerNaming;
import dev.connectionmanager.team.rules.TeamDecision;
import dev.connectionmanager.team.rules.TeamRequestCandidate;
import dev.connectionmanager.team.rules.TeamRules;
import java.util.List;
import java.util.stream.Stream;

/** What breaks the rules on teams, members and requests for access. */
public final class TeamExamples {
    private static final String ID = "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11";
    private static final String EMAIL = "owner@supplier.co.uk";
    private static final List<String> SUPPLIER = List.of("supplier");

    private TeamExamples() {}

    public static Stream<Violations> all() {
        return Stream.of(
                TeamRules.check(new NewTeam("5f2c7f3e", "Supplier", SUPPLIER, EMAIL)),
                TeamRules.check(new NewTeam("00000000-0000-0000-0000-000000000000", "Supplier", SUPPLIER, EMAIL)),
                TeamRules.check(new NewTeam(ID, "a\u0000b", SUPPLIER, EMAIL)),
                TeamRules.check(new NewTeam(ID, "Supplier", List.of(), EMAIL)),
                TeamRules.check(new TeamRequestCandidate(ID, "Supplier", List.of("supplier", "other"), EMAIL)),
                TeamRules.check(new TeamRequestCandidate(ID, "Supplier", SUPPLIER, "nobody")),
                TeamRules.check(new MemberCandidate("\u212Aate@supplier.co.uk", "owner")),
                TeamRules.check(new MemberCandidate(EMAIL, "Owner")),
                TeamRules.check(new OwnerNaming(EMAIL, " ")),
                TeamRules.check(new TeamDecision("approve", "")),
                TeamRules.check(new TeamDecision("decline", "")),
                TeamRules.check(new TeamDecision("accept", "a\u0007")));
    }
}

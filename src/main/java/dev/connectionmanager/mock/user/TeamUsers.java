package dev.connectionmanager.mock.user;

import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.user.MockUser.NationalRole;
import dev.connectionmanager.mock.user.MockUser.Organisation;
import dev.connectionmanager.testuser.Authenticator;
import dev.connectionmanager.testuser.KnownTestUsers;
import dev.connectionmanager.testuser.TestUserCandidate;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The test users of a team, as people who log in with its clients: at the real provider they are somebody's, here they have what
 * the team says of them, and an organisation and names that nobody has.
 */
@Singleton
class TeamUsers {
    private static final Organisation ORGANISATION = new Organisation("NHSID DEV", "A9A5A");
    /** Where no authenticator is said. */
    private static final Authenticator USUAL = Authenticator.SMARTCARD_HSCN;

    private static final int PROVEN = 3;

    private final MockDatabase database;
    private final KnownTestUsers known;
    private final BuiltInUsers builtIn;

    TeamUsers(MockDatabase database, KnownTestUsers known, BuiltInUsers builtIn) {
        this.database = database;
        this.known = known;
        this.builtIn = builtIn;
    }

    /** @param environment where the user belongs */
    record TeamUser(String environment, MockUser user) {}

    /** Of every environment, by UUID. */
    List<TeamUser> of(UUID team) {
        return database.call(connection -> known.of(connection, team)).stream()
                .map(one -> new TeamUser(one.environment(), user(one)))
                .toList();
    }

    private MockUser user(TestUserCandidate known) {
        var strongest = known.authenticators().stream()
                .flatMap(code -> Authenticator.ofCode(code).stream())
                .max(Comparator.comparingInt(Authenticator::level))
                .orElse(USUAL);
        return new MockUser(
                known.uuid(),
                known.uuid(),
                "Test user of your team, AAL" + strongest.level()
                        + (known.holder() == null ? "" : ", with " + known.holder()),
                "Test",
                null,
                "User-" + known.uuid(),
                null,
                PROVEN,
                strongest.level(),
                strongest.amr(),
                roles(known),
                List.of(ORGANISATION),
                List.of(),
                null);
    }

    private List<NationalRole> roles(TestUserCandidate known) {
        var roles = new ArrayList<NationalRole>();
        for (int i = 0; i < known.roles().size(); i++) {
            roles.add(role(known.roles().get(i), place(known.uuid(), 0), place(known.uuid(), i + 1)));
        }
        return roles;
    }

    /** As the mock's own users have it, or with no more than its code. */
    private NationalRole role(String code, String personOrgid, String personRoleid) {
        return builtIn.role(code)
                .map(role -> new NationalRole(
                        personOrgid,
                        personRoleid,
                        ORGANISATION.orgCode(),
                        ORGANISATION.orgName(),
                        role.roleName(),
                        role.roleCode(),
                        role.activities(),
                        role.activityCodes(),
                        role.workgroups(),
                        role.workgroupsCodes(),
                        role.aow(),
                        role.aowCodes()))
                .orElseGet(() -> new NationalRole(
                        personOrgid,
                        personRoleid,
                        ORGANISATION.orgCode(),
                        ORGANISATION.orgName(),
                        "\"Test\":\"Test\":\"" + code + "\"",
                        code.contains(":") ? code : "S0000:G0000:" + code,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /** An id of 12 digits that is the same at every log-in. */
    private static String place(String uuid, int number) {
        return "9" + uuid.substring(3) + String.format("%02d", number);
    }
}

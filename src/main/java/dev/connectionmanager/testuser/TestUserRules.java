package dev.connectionmanager.testuser;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policy on test users and on requests for new ones. */
public final class TestUserRules {
    /** Of a team in one environment. */
    public static final int MOST = 200;

    static final int MOST_ROLES = 20;
    static final int MOST_WANTED = 50;

    private static final Pattern UUID = Pattern.compile("[0-9]{12}");
    private static final Pattern ROLE = Pattern.compile("(S[0-9]{4}:G[0-9]{4}:)?R[0-9]{4}");
    private static final Pattern ORGANISATION = Pattern.compile("[A-Z0-9]{3,12}");
    /** The environment whose test users are known by how they begin: the service's page on its Path to Live. */
    private static final String INTEGRATION = "integration";

    private static final List<String> BEGINNINGS = List.of("5552", "5553");

    private TestUserRules() {}

    /** @param environment that was named; empty where there is none of this id */
    public static Violations check(TestUserCandidate candidate, Optional<Environment> environment) {
        var found = new Violations.Collector();
        checkEnvironment(environment, false, found);
        var uuid = Objects.requireNonNullElse(candidate.uuid(), "");
        if (!UUID.matcher(uuid).matches()) {
            found.add("uuid", Rule.TEST_USER_UUID_INVALID);
        } else if (INTEGRATION.equals(candidate.environment())
                && BEGINNINGS.stream().noneMatch(uuid::startsWith)) {
            found.add("uuid", Rule.TEST_USER_UUID_UNUSUAL, String.join(", ", BEGINNINGS));
        }
        checkRoles(orNone(candidate.roles()), found);
        if (candidate.holder() != null && NameText.fault(candidate.holder()).isPresent()) {
            found.add("holder", Rule.TEST_USER_HOLDER_INVALID);
        }
        var authenticators = orNone(candidate.authenticators());
        for (int i = 0; i < authenticators.size(); i++) {
            if (Authenticator.ofCode(authenticators.get(i)).isEmpty()) {
                found.add("authenticators/" + i, Rule.AUTHENTICATOR_UNKNOWN, codes());
            }
        }
        return found.violations();
    }

    /** @param environment that was named; empty where there is none of this id */
    public static Violations check(TestUserRequestCandidate candidate, Optional<Environment> environment) {
        var found = new Violations.Collector();
        checkEnvironment(environment, true, found);
        if (candidate.number() == null || candidate.number() < 1 || candidate.number() > MOST_WANTED) {
            found.add("number", Rule.TEST_USERS_WANTED_OUT_OF_RANGE, Integer.toString(MOST_WANTED));
        }
        if (candidate.organisation() == null
                || !ORGANISATION.matcher(candidate.organisation()).matches()) {
            found.add("organisation", Rule.ORGANISATION_CODE_INVALID);
        }
        checkRoles(orNone(candidate.roles()), found);
        if (candidate.note() != null && candidate.note().length() > TestUserRequestCandidate.LONGEST_NOTE) {
            found.add("note", Rule.TEST_USER_NOTE_TOO_LONG, Integer.toString(TestUserRequestCandidate.LONGEST_NOTE));
        }
        return found.violations();
    }

    /** @param real whether it must be one of the real provider, and not the mock */
    private static void checkEnvironment(Optional<Environment> environment, boolean real, Violations.Collector found) {
        var fits = environment.filter(one ->
                one.kind() == EnvironmentKind.PATH_TO_LIVE || !real && one.kind() == EnvironmentKind.SELF_SERVICE);
        if (fits.isEmpty()) {
            found.add("environment", Rule.TEST_USER_ENVIRONMENT_INVALID);
        }
    }

    private static void checkRoles(List<String> roles, Violations.Collector found) {
        if (roles.size() > MOST_ROLES) {
            found.add("roles", Rule.TEST_USER_ROLES_TOO_MANY, Integer.toString(MOST_ROLES));
            return;
        }
        for (int i = 0; i < roles.size(); i++) {
            if (!ROLE.matcher(roles.get(i)).matches()) {
                found.add("roles/" + i, Rule.ROLE_CODE_INVALID);
            }
        }
    }

    static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String codes() {
        return Stream.of(Authenticator.values()).map(Authenticator::code).collect(Collectors.joining(", "));
    }
}

package dev.connectionmanager.mock.token;

import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.mock.user.MockUser.NationalRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of a user, by scope, in the shape that clients of the real provider meet. */
final class UserClaims {
    /** In the order in which they are told; whoever has none is told of by none. */
    private static final List<String> PROFESSIONAL =
            List.of("gdc_id", "gmp_id", "gmc_id", "rcn_id", "nmc_id", "gphc_id", "gdp_id", "consultant_id");

    private UserClaims() {}

    /** @param roleId the selected role; {@code null} = none */
    static Map<String, Object> of(MockUser user, List<String> scope, String roleId) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", user.uuid());
        if (scope.contains("profile")) {
            claims.put("name", user.name());
            claims.put("family_name", user.familyName());
            claims.put("given_name", user.givenName());
            claims.put("uid", user.uuid());
        }
        if (scope.contains("email")) {
            claims.put("email", user.email());
        }
        if (scope.contains("nhsperson")) {
            addPerson(claims, user);
        }
        if (scope.contains("nationalrbacaccess")) {
            claims.put(
                    "nhsid_nrbac_roles",
                    user.roles().stream().map(UserClaims::role).toList());
        }
        if (scope.contains("selectedrole") && roleId != null) {
            claims.put("selected_roleid", roleId);
        }
        if (scope.contains("associatedorgs")) {
            claims.put(
                    "nhsid_user_orgs",
                    user.organisations().stream()
                            .map(one -> Map.of("org_name", one.orgName(), "org_code", one.orgCode()))
                            .toList());
        }
        if (scope.contains("organisationalmemberships")) {
            addMemberships(claims, user);
        }
        if (scope.contains("professionalmemberships")) {
            PROFESSIONAL.stream()
                    .filter(user.professional()::containsKey)
                    .forEach(name -> claims.put(name, user.professional().get(name)));
        }
        return claims;
    }

    private static void addPerson(Map<String, Object> claims, MockUser user) {
        claims.put("nhsid_useruid", user.uuid());
        put(claims, "title", user.title());
        claims.put("idassurancelevel", Integer.toString(user.idAssuranceLevel()));
        claims.put("initials", user.initials());
        put(claims, "middle_names", user.middleNames());
        claims.put("display_name", user.displayName());
    }

    private static void addMemberships(Map<String, Object> claims, MockUser user) {
        claims.put(
                "nhsid_org_memberships",
                user.memberships().stream()
                        .map(one -> Map.of(
                                "person_orgid", one.personOrgid(),
                                "org_name", one.orgName(),
                                "org_code", one.orgCode()))
                        .toList());
        claims.put(
                "nhsid_org_roles",
                user.roles().stream()
                        .map(one -> Map.of(
                                "org_code", one.orgCode(), "role_name", one.shortName(), "role_code", lastCode(one)))
                        .toList());
    }

    private static String lastCode(NationalRole role) {
        return role.roleCode().substring(role.roleCode().lastIndexOf(':') + 1);
    }

    private static Map<String, Object> role(NationalRole role) {
        var claim = new LinkedHashMap<String, Object>();
        claim.put("person_orgid", role.personOrgid());
        claim.put("person_roleid", role.personRoleid());
        claim.put("org_code", role.orgCode());
        claim.put("role_name", role.roleName());
        claim.put("role_code", role.roleCode());
        put(claim, "activities", role.activities());
        put(claim, "activity_codes", role.activityCodes());
        put(claim, "workgroups", role.workgroups());
        put(claim, "workgroups_codes", role.workgroupsCodes());
        put(claim, "aow", role.aow());
        put(claim, "aow_codes", role.aowCodes());
        return claim;
    }

    private static void put(Map<String, Object> claims, String name, Object value) {
        if (value != null) {
            claims.put(name, value);
        }
    }
}

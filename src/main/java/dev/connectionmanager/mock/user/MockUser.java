package dev.connectionmanager.mock.user;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Somebody who does not exist and can log in.
 *
 * @param uuid of 12 digits: {@code sub} of all that is told of them
 * @param login by which {@code login_hint} names them
 * @param about what is particular about them, for whoever picks one
 * @param idAssuranceLevel how well their identity was proven: 1 to 3
 * @param authenticationAssuranceLevel how strongly they log in: 1 to 3
 * @param authenticator what they log in with, as {@code amr} names it
 * @param roles national roles, one of which may be selected
 * @param professional numbers of professional bodies, by the name of their claim
 */
public record MockUser(
        String uuid,
        String login,
        String about,
        String givenName,
        String middleNames,
        String familyName,
        String title,
        int idAssuranceLevel,
        int authenticationAssuranceLevel,
        String authenticator,
        List<NationalRole> roles,
        List<Organisation> organisations,
        List<Membership> memberships,
        Map<String, String> professional) {
    public MockUser {
        roles = roles == null ? List.of() : List.copyOf(roles);
        organisations = organisations == null ? List.of() : List.copyOf(organisations);
        memberships = memberships == null ? List.of() : List.copyOf(memberships);
        professional = professional == null ? Map.of() : Map.copyOf(professional);
    }

    public String name() {
        return givenName + " " + familyName;
    }

    public String displayName() {
        return familyName.toUpperCase(java.util.Locale.ROOT) + ", " + givenName
                + (title == null ? "" : " (" + title + ")");
    }

    /** At a domain that can receive no mail: RFC 2606. */
    public String email() {
        return login + "@mock.example";
    }

    public String initials() {
        return (givenName.charAt(0) + Objects.requireNonNullElse(middleNames, ""))
                .substring(0, middleNames == null ? 1 : 2)
                .toUpperCase(java.util.Locale.ROOT);
    }

    /** Whether this text names them. */
    public boolean isNamed(String hint) {
        return hint.equals(login) || hint.equals(uuid) || hint.equalsIgnoreCase(email());
    }

    /**
     * What somebody does where.
     *
     * @param personOrgid their place in the organisation
     * @param personRoleid the role there, unique
     * @param roleName three quoted parts joined by colons
     * @param roleCode three codes joined by colons
     */
    public record NationalRole(
            String personOrgid,
            String personRoleid,
            String orgCode,
            String orgName,
            String roleName,
            String roleCode,
            List<String> activities,
            List<String> activityCodes,
            List<String> workgroups,
            List<String> workgroupsCodes,
            List<String> aow,
            List<String> aowCodes) {
        /** The last part of its name, as people say it. */
        public String shortName() {
            return roleName.substring(roleName.lastIndexOf(':') + 1).replace("\"", "");
        }
    }

    public record Organisation(String orgName, String orgCode) {}

    public record Membership(String personOrgid, String orgName, String orgCode) {}
}

package dev.connectionmanager.team.rules;

import java.util.List;

/**
 * The team that an operator gives access, exactly as typed. {@code null} means that it was not given.
 *
 * @param teamId the GUID that the applicant sent
 * @param categories {@code national}, {@code supplier}, {@code local}
 * @param ownerEmail the first owner's email address
 */
public record NewTeam(String teamId, String name, List<String> categories, String ownerEmail) {
    public NewTeam {
        categories = categories == null ? List.of() : List.copyOf(categories);
    }
}

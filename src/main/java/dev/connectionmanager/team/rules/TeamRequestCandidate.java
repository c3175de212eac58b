package dev.connectionmanager.team.rules;

import java.util.List;

/**
 * The team that somebody asks access for, exactly as typed. {@code null} means that it was not given.
 *
 * @param teamId the GUID that the applicant received
 * @param categories {@code national}, {@code supplier}, {@code local}
 * @param contact the email address that the decision is sent to
 */
public record TeamRequestCandidate(String teamId, String name, List<String> categories, String contact) {
    public TeamRequestCandidate {
        categories = categories == null ? List.of() : List.copyOf(categories);
    }
}

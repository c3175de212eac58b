package dev.connectionmanager.testuser;

import java.util.List;

/**
 * What is asked for, exactly as typed.
 *
 * @param environment of the Path to Live
 * @param number how many test users
 * @param organisation code of the organisation that they shall belong to
 * @param roles codes of national roles
 * @param smartcards whether physical cards are needed
 * @param note whatever else is to be said; {@code null} = nothing
 */
public record TestUserRequestCandidate(
        String environment, Long number, String organisation, List<String> roles, Boolean smartcards, String note) {
    /** In characters. */
    static final int LONGEST_NOTE = 1_000;

    /** As most teams need it: the service's page on its Path to Live. */
    public static TestUserRequestCandidate usual(String environment) {
        return new TestUserRequestCandidate(environment, 1L, "A9A5A", List.of("R8015"), false, null);
    }
}

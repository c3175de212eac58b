package dev.connectionmanager.application;

import java.util.List;

/**
 * What somebody says of an application, exactly as typed. {@code null} means that it was not given.
 *
 * @param category {@code national}, {@code supplier} or {@code local}
 * @param applicationType {@code web} or {@code native}
 * @param contacts email addresses; none when not given
 * @param framework a code of {@link Framework}, or {@code other}
 */
public record ApplicationCandidate(
        String name,
        String description,
        String category,
        String applicationType,
        List<String> contacts,
        String framework) {
    public ApplicationCandidate {
        contacts = contacts == null ? List.of() : List.copyOf(contacts);
    }

    public static ApplicationCandidate of(Application.Details details) {
        return new ApplicationCandidate(
                details.name(),
                details.description(),
                details.category().code(),
                details.applicationType().code(),
                details.contacts(),
                details.framework());
    }
}

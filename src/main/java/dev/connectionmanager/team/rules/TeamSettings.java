package dev.connectionmanager.team.rules;

import java.util.List;

/**
 * What can be changed of a team, exactly as typed. {@code null} means that it was not given.
 *
 * @param categories {@code national}, {@code supplier}, {@code local}
 */
public record TeamSettings(String name, List<String> categories) {
    public TeamSettings {
        categories = categories == null ? List.of() : List.copyOf(categories);
    }
}

package dev.connectionmanager.team;

import dev.connectionmanager.team.rules.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A team and those who have joined it, as one statement reads them; for the portal's own use.
 *
 * @param joined in no order
 */
public record Roster(Team team, List<Member> joined) {

    /** The subjects of those who have joined. */
    public Set<String> subjects() {
        return joined.stream().map(Member::subject).collect(Collectors.toUnmodifiableSet());
    }

    /** Where letters go for those who hold at least this role. */
    public List<String> addresses(Role atLeast) {
        return joined.stream()
                .filter(member -> member.role().covers(atLeast))
                .map(Member::email)
                .sorted(Comparator.comparing(email -> email.toLowerCase(Locale.ROOT)))
                .toList();
    }
}

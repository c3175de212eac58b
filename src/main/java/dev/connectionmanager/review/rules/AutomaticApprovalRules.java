package dev.connectionmanager.review.rules;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.verification.uri.UriText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a change of a live registration may be at most, to be approved by rule where operators have allowed that. */
public final class AutomaticApprovalRules {
    private AutomaticApprovalRules() {}

    /** Whether nothing differs but that redirect URIs were added, each on a host, scheme and port of one that is live. */
    public static boolean covers(Candidate asked, Candidate live) {
        var uris = Objects.requireNonNullElse(asked.redirectUris(), List.<String>of());
        var approved = Objects.requireNonNullElse(live.redirectUris(), List.<String>of());
        var added = new HashSet<>(uris);
        approved.forEach(added::remove);
        var origins = approved.stream().map(AutomaticApprovalRules::origin).collect(Collectors.toSet());
        return !added.isEmpty()
                && uris.containsAll(approved)
                && asked.withRedirectUris(approved).equals(live)
                && added.stream().map(AutomaticApprovalRules::origin).allMatch(origins::contains);
    }

    private static String origin(String uri) {
        var text = UriText.of(uri);
        return (text.scheme() + "://" + text.authority()).toLowerCase(Locale.ROOT);
    }
}

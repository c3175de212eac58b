package dev.connectionmanager.wording;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Acts of the audit trail that people look for together. */
public enum ActGroup {
    SECRETS(
            "Secrets, keys and API credentials",
            "client-secret-issued",
            "client-secret-rotated",
            "client-secret-revoked",
            "client-secrets-revoked",
            "client-secret-collected",
            "key-proven",
            "key-set-made",
            "keys-added",
            "key-withdrawn",
            "key-set-deleted",
            "initial-access-token-issued",
            "initial-access-token-revoked",
            "registration-token-issued",
            "registration-token-replaced",
            "api-credential-issued",
            "api-credential-revoked",
            "api-credential-ended",
            "revoked-api-credential-used"),
    DECISIONS(
            "Decisions of operators",
            "request-approved",
            "request-rejected",
            "request-changes-requested",
            "client-suspended",
            "client-resumed",
            "registration-restored",
            "application-restored",
            "team-created",
            "team-request-accepted",
            "team-request-declined",
            "owner-named"),
    ACCESS(
            "Access: who may do what, and who came",
            "team-created",
            "team-request-accepted",
            "member-invited",
            "member-joined",
            "member-left",
            "member-removed",
            "member-role-changed",
            "owner-named",
            "invitation-resent",
            "invitation-declined",
            "invitation-withdrawn",
            "application-handed-over",
            "logged-in",
            "logged-out",
            "operator-session-ended",
            "session-ended-by-provider",
            "right-refused",
            "audit-exported");

    private final String title;
    private final Set<String> acts;

    ActGroup(String title, String... acts) {
        this.title = title;
        this.acts = Set.of(acts);
    }

    /** The word used in addresses: {@code secrets}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** The codes of its acts. */
    public Set<String> acts() {
        return acts;
    }

    public static Optional<ActGroup> ofCode(String code) {
        return Arrays.stream(values())
                .filter(group -> group.code().equals(code))
                .findFirst();
    }
}

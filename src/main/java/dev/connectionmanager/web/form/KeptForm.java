package dev.connectionmanager.web.form;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.PastedSecrets;
import dev.connectionmanager.wording.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of a form that was refused; no text in which a secret was found.
 *
 * @param sent its page is without a query
 * @param status of the refusal: which kind it is
 * @param retryAfter in seconds; {@code null} = none
 */
public record KeptForm(
        Sent sent, int status, Reason reason, List<String> arguments, Violations violations, Integer retryAfter) {
    /** Whoever holds the token of an invitation can join. */
    private static final Set<String> NEVER = Set.of(FormSubmission.KEY, "token");

    /**
     * A form as it was sent.
     *
     * @param path that it was sent to
     * @param page the address of the page that shows it, with its query
     */
    public record Sent(String path, String page, Map<String, List<String>> fields) {}

    static KeptForm of(Sent sent, Refusal refusal) {
        return new KeptForm(
                new Sent(
                        sent.path(),
                        sent.page().replaceFirst("\\?.*", ""),
                        withoutSecrets(sent.fields(), secretFields(refusal))),
                Problem.status(refusal),
                refusal.reason(),
                refusal.arguments(),
                refusal instanceof Refusal.Rejected rejected ? withoutSecrets(rejected.violations()) : null,
                refusal instanceof Refusal.TooMany busy ? busy.retryAfterSeconds() : null);
    }

    Refusal refusal() {
        return switch (status) {
            case 422 -> new Refusal.Rejected(violations);
            case 412 -> reason == Reason.STALE ? new Refusal.Stale(arguments.toArray()) : new Refusal.Stale(reason);
            case 429 -> new Refusal.TooMany(retryAfter, reason, arguments.toArray());
            default -> new Refusal.Conflict(reason, arguments.toArray());
        };
    }

    static Map<String, List<String>> withoutSecrets(Map<String, List<String>> fields) {
        return withoutSecrets(fields, Set.of());
    }

    /** In which a secret was found: one that only its issuer knows cannot be found again here. */
    private static Set<String> secretFields(Refusal refusal) {
        return refusal instanceof Refusal.Rejected rejected
                ? rejected.violations().all().stream()
                        .filter(violation -> violation.rule() == Rule.SECRET_PASTED)
                        .map(violation -> violation.path().split("/")[0])
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static Map<String, List<String>> withoutSecrets(Map<String, List<String>> fields, Set<String> secret) {
        var kept = new LinkedHashMap<String, List<String>>();
        fields.forEach((name, values) -> {
            if (!NEVER.contains(name) && !holdsSecret(name)) {
                kept.put(
                        name,
                        values.stream()
                                .map(value -> secret.contains(name) ? "" : withoutSecret(value))
                                .toList());
            }
        });
        return kept;
    }

    private static Violations withoutSecrets(Violations violations) {
        return new Violations(violations.all().stream()
                .map(one -> new Violation(
                        one.path(),
                        one.rule(),
                        one.arguments().stream().map(KeptForm::withoutSecret).toList()))
                .toList());
    }

    /** All of it goes: what stands around a secret may be the rest of it. */
    private static String withoutSecret(String text) {
        return holdsSecret(text) ? "" : text;
    }

    private static boolean holdsSecret(String text) {
        return PastedSecrets.in(text).isPresent();
    }
}

package dev.connectionmanager.wording;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A refusal as RFC 7591 section 3.2.2 has it, with each finding beside.
 *
 * @param error the code
 * @param description for the developer of the client
 * @param errors for rejected metadata, every finding; {@code null} otherwise
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RegistrationError(
        @JsonProperty("error") String error,
        @JsonProperty("error_description") String description,
        @JsonProperty("errors") List<Finding> errors) {
    private static final String METADATA = "invalid_client_metadata";
    private static final String REDIRECT_URI = "invalid_redirect_uri";
    private static final String REDIRECT_URIS = "/redirect_uris";

    /** RFC 7592 section 2.2 has rules on a replacement as a whole, beside those on metadata. */
    private static final Set<String> OF_THE_REQUEST = Set.of(
            Reason.REGISTRATION_MEMBER_FORBIDDEN.code(),
            Reason.REGISTRATION_CLIENT_ID_DIFFERENT.code(),
            Reason.REGISTRATION_CLIENT_SECRET_DIFFERENT.code());

    /** @param deleting as {@link #status} has it */
    public static RegistrationError of(Problem problem, boolean deleting) {
        return problem.errors() == null
                ? new RegistrationError(error(problem, deleting), problem.detail(), null)
                : rejected(problem.errors());
    }

    /** Of findings, warnings among them. */
    public static RegistrationError rejected(List<Finding> findings) {
        var blocking = findings.stream()
                .filter(finding -> finding.severity().equals(Severity.BLOCKS.code()))
                .toList();
        return new RegistrationError(
                blocking.stream().allMatch(finding -> finding.pointer().startsWith(REDIRECT_URIS))
                        ? REDIRECT_URI
                        : METADATA,
                blocking.stream().map(Finding::detail).distinct().collect(Collectors.joining(" ")),
                findings);
    }

    private static String error(Problem problem, boolean deleting) {
        if (problem.status() == 401) {
            // RFC 6750 section 3.1, as RFC 7592 section 2.1 asks.
            return "invalid_token";
        } else if (problem.status() == 429 || problem.status() == 412) {
            return "temporarily_unavailable";
        } else if (problem.status() == 403 || problem.status() == 409 && deleting) {
            return problem.code().equals(Reason.SCOPE_READ.code()) ? "insufficient_scope" : "access_denied";
        } else if (problem.status() >= 500) {
            return "server_error";
        }
        var metadata = problem.status() == 409 || problem.status() == 400 && !OF_THE_REQUEST.contains(problem.code());
        return metadata ? METADATA : "invalid_request";
    }

    /**
     * The status that goes with it: the two RFCs know no preconditions and no content that cannot be processed.
     *
     * @param deleting whether the client is to be deleted: what stands against that is no fault of what was sent. RFC 7592
     *     section 2.3
     */
    public static int status(Problem problem, boolean deleting) {
        return switch (problem.status()) {
            case 422 -> 400;
            case 409 -> deleting ? 403 : 400;
            case 412 -> 503;
            default -> problem.status();
        };
    }
}

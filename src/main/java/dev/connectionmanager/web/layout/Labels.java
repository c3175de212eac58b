package dev.connectionmanager.web.layout;

import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.environment.MetadataOrigin;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.list.ClientSearch;
import dev.connectionmanager.review.RequestEntry;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.TeamRequest;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.key.KeyObservation;
import dev.connectionmanager.wording.AuditSentences;
import dev.connectionmanager.wording.Dates;
import dev.connectionmanager.wording.FieldLabels;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the pages name things: the field's terms, as people say them. */
@TemplateExtension
public class Labels {
    private Labels() {}

    /** For the query of an address. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A code of an authenticator as people say it. */
    static String authenticatorName(String code) {
        var words = code.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT)
                + words.substring(1).replace("hscn", "HSCN");
    }

    public static String said(Instant time) {
        return Dates.time(time);
    }

    /** For {@code datetime} of a {@code time} element, which takes no more than thousandths of a second. */
    public static String machineReadable(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public static String saidTime(Instant time) {
        return Dates.timeOfDay(time);
    }

    public static String saidDay(Instant time) {
        return Dates.day(time);
    }

    /** {@code 2027-03-31} as people say it. */
    static String saidDate(String date) {
        return Dates.day(LocalDate.parse(date));
    }

    /** {@code jwks_uri} as people say it. */
    public static String endpointName(String field) {
        return ClientEndpoint.of(field)
                .map(endpoint -> switch (endpoint) {
                    case JWKS -> "Public keys";
                    case BACKCHANNEL_LOGOUT -> "Back-channel logout";
                })
                .orElse(fieldName(field));
    }

    /** The rule that a look found broken, in a few words: {@code certificate-expired}. */
    static String faultName(String code) {
        var words = code.replace('-', ' ');
        return words.matches("(dns|tls|jwks) .*")
                ? words.replaceFirst(
                        "^[a-z]+", code.substring(0, code.indexOf('-')).toUpperCase(Locale.ROOT))
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String keyName(KeyObservation key) {
        return key.kid() == null ? "Key " + key.position() + ", without a key ID" : key.kid();
    }

    /** Type, size and algorithm, as far as they are known. */
    static String keyKind(KeyObservation key) {
        return Stream.of(
                        Objects.requireNonNullElse(key.type(), "Unknown type"),
                        key.curve(),
                        key.size() == null ? null : key.size() + " bits",
                        key.algorithm())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    static String standingSaid(KeyObservation key) {
        return switch (key.standing()) {
            case USABLE -> "Usable";
            case OTHER_ALGORITHM -> "For another algorithm";
            case NOT_FOR_SIGNATURES -> "Not for signatures";
            case NOT_KNOWN -> "Of a type that is not known here";
            case REFUSED -> "Refused: see above";
        };
    }

    /** Where the lists of an environment come from; {@code published} = it has a discovery document. */
    static String sourceSaid(MetadataOrigin origin, boolean published) {
        var since = said(origin.since());
        var failing = origin.unreadableSince().map(Labels::said);
        return switch (origin.source()) {
            case DISCOVERY -> "Read from the discovery document on " + since;
            case DISCOVERY_KEPT ->
                failing.map(time -> "The discovery document could not be read since " + time
                                + "; these are the values of " + since)
                        .orElse("The discovery document as it was on " + since + "; it will be read again soon");
            case CONFIGURED ->
                failing.map(time -> "Configured; the discovery document could not be read since " + time)
                        .orElse(published ? "Configured; the discovery document has not been read yet" : "Configured");
        };
    }

    /** {@code private_key_jwt} as people say it. */
    public static String authMethodName(String method) {
        return FieldLabels.authMethod(method).orElse(method);
    }

    static String typeName(ApplicationType type) {
        return switch (type) {
            case WEB -> "Web";
            case NATIVE -> "Native";
        };
    }

    static String authMethodHint(String method) {
        return switch (method) {
            case "private_key_jwt" ->
                "Recommended. You keep a private key and publish the public one at an HTTPS address; no secret is shared.";
            case "client_secret_jwt" ->
                "Your application signs with a secret that we issue. The secret itself is not sent.";
            case "client_secret_post", "client_secret_basic" ->
                "Your application sends a secret that we issue with each request.";
            default -> "";
        };
    }

    static String memberName(Change change) {
        return fieldName(change.member());
    }

    public static String fieldName(String member) {
        return FieldLabels.fieldName(member);
    }

    static String said(Change change, String value) {
        return valueName(change.member(), value);
    }

    /** A value of client metadata, where people have another word for it. */
    static String valueName(String member, String value) {
        return ClientMember.ofCode(member)
                .map(known -> switch (known) {
                    case APPLICATION_TYPE -> value.equals("web") ? "Web" : value.equals("native") ? "Native" : value;
                    case TOKEN_ENDPOINT_AUTH_METHOD -> authMethodName(value);
                    default -> known.type() == ClientMember.Type.FLAG ? value.equals("true") ? "Yes" : "No" : value;
                })
                .orElse(value);
    }

    public static String stateName(RequestState state) {
        return switch (state) {
            case DRAFT -> "Draft";
            case SUBMITTED -> "Submitted";
            case CHANGES_REQUESTED -> "Changes requested";
            case APPROVED -> "Approved";
            case REJECTED -> "Rejected";
            case WITHDRAWN -> "Withdrawn";
        };
    }

    static String colour(RequestState state) {
        return switch (state) {
            case DRAFT, WITHDRAWN -> "grey";
            case SUBMITTED -> "blue";
            case CHANGES_REQUESTED -> "orange";
            case APPROVED -> "green";
            case REJECTED -> "red";
        };
    }

    public static String stateName(ClientSearch.State state) {
        return switch (state) {
            case ACTIVE -> "Registered";
            case SUSPENDED -> "Suspended";
            case DELETED -> "Deleted";
        };
    }

    static String colour(ClientSearch.State state) {
        return switch (state) {
            case ACTIVE -> "green";
            case SUSPENDED -> "red";
            case DELETED -> "grey";
        };
    }

    public static String levelName(Risk.Level level) {
        return switch (level) {
            case NONE -> "No risk found";
            case LOW -> "Low risk";
            case MEDIUM -> "Medium risk";
            case HIGH -> "High risk";
        };
    }

    static String colour(Risk.Level level) {
        return switch (level) {
            case NONE -> "white";
            case LOW -> "grey";
            case MEDIUM -> "yellow";
            case HIGH -> "red";
        };
    }

    /** Why to look at it. */
    static String reason(Risk risk) {
        return RuleSentences.of(risk);
    }

    /** What stands in the way, and what to do. */
    static String sentence(Refusal refusal) {
        return RuleSentences.of(refusal);
    }

    public static String orderName(RequestFilter.Order order) {
        return switch (order) {
            case NEWEST -> "Newest first";
            case WAITING -> "Longest waiting first";
            case LATEST -> "Latest submitted first";
            case RISK -> "Highest risk first";
        };
    }

    /** {@code 3 Dec}. */
    public static String saidShort(LocalDate day) {
        return Dates.shortDay(day);
    }

    /** In days, or in hours or minutes where it is less than one: {@code 3 days}. */
    public static String said(Duration duration) {
        if (duration.toDays() > 0) {
            return counted(duration.toDays(), "day");
        }
        if (duration.toHours() > 0) {
            return counted(duration.toHours(), "hour");
        }
        return duration.toMinutes() > 0 ? counted(duration.toMinutes(), "minute") : "less than a minute";
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    static String title(ReadinessTask task) {
        return RuleSentences.title(task);
    }

    static String reason(ReadinessTask task) {
        return RuleSentences.of(task);
    }

    /** The service manual's task list words. */
    static String stateName(ReadinessTask task) {
        return switch (task.state()) {
            case COMPLETED -> "Completed";
            case NOT_STARTED -> "Not yet started";
            case IN_PROGRESS -> "In progress";
            case CANNOT_START -> "Cannot start yet";
            case PROBLEM -> "There is a problem";
        };
    }

    static String colour(ReadinessTask task) {
        return switch (task.state()) {
            case COMPLETED -> "green";
            case NOT_STARTED, CANNOT_START -> "grey";
            case IN_PROGRESS -> "blue";
            case PROBLEM -> "red";
        };
    }

    /** What was said with it. */
    static Optional<String> comment(RequestEntry entry) {
        return RuleSentences.of(entry);
    }

    /** What happened, as a heading of a history. */
    static String happened(RequestEntry entry) {
        return switch (entry.kind()) {
            case OPENED -> "Started";
            case SUBMITTED -> "Submitted";
            case COMMENT -> "Comment";
            case NOTE -> "Note";
            case CHANGES_REQUESTED -> "Changes requested";
            case APPROVED -> "Approved";
            case REJECTED -> "Rejected";
            case WITHDRAWN -> "Withdrawn";
        };
    }

    /** Names one entry of a history among the others. */
    static String title(Registrations.HistoryEntry entry) {
        return "What changed in revision " + entry.number();
    }

    static boolean reordered(Change change) {
        return change.removed().isEmpty() && change.added().isEmpty();
    }

    /** {@code registration-changed} as people say it. */
    static String actTitle(String act) {
        return AuditSentences.title(act);
    }

    /** In which role somebody did something. */
    static String roleName(String role) {
        return switch (role) {
            case "credential" -> "API credential";
            case "token" -> "token for registration";
            case "portal" -> "the service itself";
            case "person" -> "a person";
            case "none" -> "no member";
            default -> role;
        };
    }

    static String said(TeamRequest.State state) {
        return switch (state) {
            case PENDING -> "Waiting for a decision";
            case ACCEPTED -> "Accepted";
            case DECLINED -> "Declined";
        };
    }

    static String colour(TeamRequest.State state) {
        return switch (state) {
            case PENDING -> "blue";
            case ACCEPTED -> "green";
            case DECLINED -> "red";
        };
    }

    public static String said(Role role) {
        return switch (role) {
            case VIEWER -> "Viewer";
            case ADMIN -> "Admin";
            case OWNER -> "Owner";
        };
    }

    static String about(Role role) {
        return switch (role) {
            case VIEWER -> "Reads everything of the team but secrets";
            case ADMIN ->
                "Does the same, and changes applications, registrations, secrets, API credentials and requests";
            case OWNER -> "Does everything that the team can do, members and the deletion of applications included";
        };
    }

    public static String frameworkName(String code) {
        return FieldLabels.framework(code);
    }

    public static String categoryName(String code) {
        return switch (code) {
            case "national" -> "National, provided by the NHS";
            case "supplier" -> "National, provided by a supplier";
            case "local" -> "Local";
            default -> code;
        };
    }
}

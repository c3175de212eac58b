package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.application.Application;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.RequestEntry;
import dev.connectionmanager.review.RequestList;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.RequestContent;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.wording.Finding;
import dev.connectionmanager.wording.RuleSentences;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** A request as the API shows and reads it. */
final class RequestJson {
    /** What only the portal sets, and does not move while somebody thinks about a change. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "number",
            "application_id",
            "team_id",
            "environment",
            "state",
            "created_at",
            "submitted_at",
            "due_at",
            "decided_at",
            "decided_by",
            "fields_to_change",
            "client_id",
            "secret_to_collect");

    /**
     * What moves by itself, or is computed: taken as it comes, so that what was read can be sent back; from a list too, and
     * what earlier versions answered.
     */
    private static final Set<String> MOVING = Set.of(
            "application_name",
            "team_name",
            "category",
            "client_name",
            "risk_level",
            "assignee",
            "updated_at",
            "updated_by",
            "errors",
            "checks",
            "compared_with",
            "diff",
            "risks",
            "readiness",
            "comments",
            "earlier_comments",
            "notes",
            "earlier_notes");

    private RequestJson() {}

    /**
     * What moves the entity tag, and nothing else.
     *
     * @param values turns the members' values into JSON as the rest of the API does
     */
    static ObjectNode of(RequestReview file, boolean forOperator, ObjectMapper values) {
        var json = values.<ObjectNode>valueToTree(
                RequestView.of(file.request(), file.application(), file.team(), forOperator));
        json.remove("assignee");
        json.set("metadata", JsonMembers.of(file.request().candidate()));
        json.set("errors", values.valueToTree(Finding.of(inRequest(file.found()))));
        if (file.compared().environment() != null) {
            json.put("compared_with", file.compared().environment());
        }
        json.set("diff", values.valueToTree(RegistrationJson.ChangeView.of(file.changes())));
        file.live()
                .map(RegistrationSnapshot::registration)
                .ifPresent(registration -> json.put("client_id", registration.clientId()));
        json.put("secret_to_collect", file.secretWaits());
        if (forOperator) {
            json.set(
                    "risks",
                    values.valueToTree(file.risks().stream().map(RiskView::of).toList()));
        }
        return json;
    }

    /**
     * Reads a body on top of what is asked now: metadata that are not sent stay as they are, answers that are not sent are
     * taken away.
     *
     * @param secrets see {@link RegistrationJson#read}
     */
    static Parsed<RequestContent> read(
            ObjectNode body,
            RequestReview current,
            ObjectNode shown,
            RequestContent before,
            BiPredicate<RegistrationSnapshot, String> secrets) {
        var members = new JsonMembers(body);
        var answers = members.bind(Answers.class);
        members.refuseChanges(READ_ONLY, shown).ignore(MOVING);
        var metadata = members.object("metadata")
                .map(object -> RegistrationJson.read(object, current.live(), secrets))
                .orElseGet(() -> Parsed.typed(before.candidate()));
        var asked = members.parsed(new RequestContent(metadata.candidate(), answers));
        return new Parsed<>(asked.candidate(), asked.violations().and(under("metadata/", metadata.violations())));
    }

    /** Runs an act; what it refuses of the metadata is pointed at where it stands in a request. */
    static <T> T pointing(Supplier<T> act) {
        try {
            return act.get();
        } catch (Refusal.Rejected rejected) {
            throw new Refusal.Rejected(inRequest(rejected.violations()));
        }
    }

    private static Violations inRequest(Violations found) {
        return new Violations(found.all().stream()
                .map(violation ->
                        ClientMember.ofCode(violation.path().split("/")[0]).isPresent()
                                ? under("metadata/", violation)
                                : violation)
                .toList());
    }

    private static Violations under(String prefix, Violations found) {
        return new Violations(
                found.all().stream().map(violation -> under(prefix, violation)).toList());
    }

    private static Violation under(String prefix, Violation violation) {
        return new Violation(prefix + violation.path(), violation.rule(), violation.arguments());
    }

    /** In a list. */
    static RequestView of(RequestList.Row row, boolean forOperator) {
        return RequestView.of(row.request(), row.application(), row.team(), forOperator);
    }

    /** @param riskLevel the greatest risk found when it was submitted; for operators */
    record RequestView(
            UUID id,
            String number,
            UUID applicationId,
            String applicationName,
            UUID teamId,
            String teamName,
            String category,
            String clientName,
            String environment,
            String state,
            String riskLevel,
            String note,
            String conformanceReference,
            String connectionAgreementReference,
            String privateKeyJwtPlannedFor,
            List<String> fieldsToChange,
            String assignee,
            Instant createdAt,
            Instant updatedAt,
            String updatedBy,
            Instant submittedAt,
            Instant dueAt,
            Instant decidedAt,
            String decidedBy) {
        static RequestView of(ProductionRequest request, Application application, Team team, boolean forOperator) {
            var answers = request.answers();
            var details = application.details();
            return new RequestView(
                    request.id(),
                    request.number(),
                    request.applicationId(),
                    details.name(),
                    team.id(),
                    team.name(),
                    details.category().code(),
                    Objects.requireNonNullElse(request.candidate().clientName(), details.name()),
                    request.environment(),
                    request.state().code(),
                    forOperator ? request.risk().map(Risk.Level::code).orElse(null) : null,
                    answers.note(),
                    answers.conformanceReference(),
                    answers.connectionAgreementReference(),
                    answers.privateKeyJwtPlannedFor(),
                    request.fieldsToChange(),
                    request.assigneeName().orElse(null),
                    request.createdAt(),
                    request.updatedAt(),
                    request.updatedBy(),
                    request.submittedAt().orElse(null),
                    request.dueAt().orElse(null),
                    request.decidedAt().orElse(null),
                    request.decidedByName().orElse(null));
        }
    }

    /** @param kind {@code comment}, {@code note}, {@code submitted}, {@code changes-requested}… */
    record EntryView(
            UUID id, String kind, String actor, String role, String comment, List<String> fields, Instant time) {
        static EntryView of(RequestEntry entry) {
            return new EntryView(
                    entry.id(),
                    entry.kind().code(),
                    entry.authorName(),
                    entry.role(),
                    RuleSentences.of(entry).orElse(null),
                    entry.fields().isEmpty() ? null : entry.fields(),
                    entry.at());
        }
    }

    record TaskView(String code, boolean blocking, String state, String detail) {
        static TaskView of(ReadinessTask task) {
            return new TaskView(
                    task.kind().code(), task.kind().blocking(), task.state().code(), RuleSentences.of(task));
        }
    }

    record RiskView(String code, String level, String field, String value, String detail) {
        static RiskView of(Risk risk) {
            return new RiskView(
                    risk.kind().code(), risk.level().code(), risk.member(), risk.value(), RuleSentences.of(risk));
        }
    }
}

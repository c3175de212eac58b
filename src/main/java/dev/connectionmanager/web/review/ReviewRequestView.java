package dev.connectionmanager.web.review;

import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.review.History;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.RequestEntry;
import dev.connectionmanager.review.RequestList;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.Returned;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.layout.MetadataComparison;
import dev.connectionmanager.web.layout.ReportView;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request as operators see it.
 *
 * @param fourEyes why this operator may not decide; empty where they may, and where there is nothing to decide
 * @param found what was wrong with the last attempt
 * @param notice what kept the last attempt from being made; empty for nothing
 * @param done what was just done; empty for nothing
 * @param queue how the queue was asked for that this was chosen from, as its address has it; empty for the queue as such
 * @param me the operator's subject
 * @param ours whether the operator belongs to the team that asks: then it is another operator's
 */
@RecordBuilder
record ReviewRequestView(
        RequestReview file,
        List<Environment> environments,
        History history,
        TeamHistory team,
        String fourEyes,
        Violations found,
        Typed typed,
        String notice,
        String done,
        String queue,
        String me,
        boolean ours,
        Instant now)
        implements ReviewRequestViewBuilder.With {
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9=&%+._*-]{0,1000}");

    /**
     * What was typed and not taken.
     *
     * @param tag of what the decision was typed about, where that is not what the page shows; else empty
     * @param read when the page was made that it was typed into; empty = not known
     */
    @RecordBuilder
    record Typed(
            String tag,
            String outcome,
            String comment,
            List<String> fields,
            String read,
            String teamComment,
            String note)
            implements ReviewRequestViewTypedBuilder.With {
        static final Typed NOTHING = new Typed("", "", "", List.of(), "", "", "");

        boolean nothing() {
            return outcome.isEmpty()
                    && comment.isBlank()
                    && fields.isEmpty()
                    && teamComment.isBlank()
                    && note.isBlank();
        }
    }

    /**
     * What there was before.
     *
     * @param requests the team's others, the newest first; the last few
     * @param clients what this application has registered, then what it had
     */
    record TeamHistory(List<RequestList.Row> requests, List<Client> clients) {}

    /** @param suspensions the latest first; the last few */
    record Client(RegistrationSnapshot registered, List<AuditEvent> suspensions) {}

    /** One setting, with what is to be checked in it. */
    record Marked(MetadataComparison setting, List<Risk> risks) {}

    /** The queue's query, when it can be one; what cannot is left out. */
    static String query(String sent) {
        return sent != null && QUERY.matcher(sent).matches() ? sent : "";
    }

    /** Where the queue shows this request. */
    static String queue(String query, UUID request) {
        return "/review/requests" + (query.isEmpty() ? "" : "?" + query) + "#request-" + request;
    }

    /** The same findings, about a box of another name: the page has two of one name. */
    static Violations renamed(Violations found, String from, String to) {
        return new Violations(found.all().stream()
                .map(one -> one.path().equals(from) ? new Violation(to, one.rule(), one.arguments()) : one)
                .toList());
    }

    /** What was decided, and what comes of it. */
    public String decided() {
        return switch (file.request().state()) {
            case APPROVED ->
                "Approved."
                        + file.live()
                                .map(live -> " Client ID " + live.registration().clientId() + ".")
                                .orElse("")
                        + " The team is told by email.";
            case REJECTED -> "Rejected. The team is told by email.";
            case CHANGES_REQUESTED -> "Changes are requested. The team is told by email.";
            default -> "";
        };
    }

    public String back() {
        return queue(queue, file.request().id());
    }

    /** Of what a decision on this page is about. */
    public String tag() {
        return typed.tag().isEmpty() ? file.tag() : typed.tag();
    }

    /** When that was read. */
    public String read() {
        return typed.tag().isEmpty() ? now.toString() : typed.read();
    }

    public String base() {
        return "/review/requests/" + file.request().id();
    }

    public ProductionRequest request() {
        return file.request();
    }

    public FormErrors errors() {
        return FormErrors.of(found);
    }

    /** What would refuse an approval now. */
    public List<FormErrors.Entry> obstacles() {
        return FormErrors.of(file.found()).blocking();
    }

    public String environmentName() {
        return environmentName(file.request().environment());
    }

    public String environmentName(String id) {
        return environments.stream()
                .filter(environment -> environment.id().equals(id))
                .map(Environment::name)
                .findFirst()
                .orElse(id);
    }

    /** What the request is compared with: {@code Live now}, {@code Integration}. */
    public String comparedName() {
        if (file.comparedWithLive()) {
            return open() ? "Live now" : "Live then";
        }
        var environment = file.compared().environment();
        return environment == null ? "Before" : environmentName(environment);
    }

    /** The same as a sentence. */
    public String comparison() {
        if (file.comparedWithLive()) {
            return open() ? "Compared with what is live now." : "Compared with what was live then.";
        }
        return (open() ? "Nothing is live" : "Nothing was live")
                + (file.compared().environment() == null
                        ? ", and there is nothing to compare with."
                        : ". Compared with " + comparedName() + ".");
    }

    public List<Marked> settings() {
        return MetadataComparison.of(file.compared().candidate(), file.candidate()).stream()
                .map(setting -> new Marked(
                        setting,
                        file.risks().stream()
                                .filter(risk -> risk.member().equals(setting.member()))
                                .toList()))
                .toList();
    }

    /** Those that are about none of the settings in the table. */
    public List<Risk> otherRisks() {
        var members =
                settings().stream().map(marked -> marked.setting().member()).toList();
        return file.risks().stream()
                .filter(risk -> !members.contains(risk.member()))
                .toList();
    }

    public List<ReportView> reports() {
        return file.request().reports().stream().map(ReportView::new).toList();
    }

    public boolean hasEndpoints() {
        return ClientEndpoint.any(file.candidate());
    }

    public List<ReadinessTask> readiness() {
        return file.readiness();
    }

    public Answers answers() {
        return file.request().answers();
    }

    public boolean submitted() {
        return file.request().state() == RequestState.SUBMITTED;
    }

    public boolean open() {
        return file.request().state().open();
    }

    public boolean assignable() {
        return !ours && (submitted() || file.request().state() == RequestState.CHANGES_REQUESTED);
    }

    public boolean mine() {
        return file.request().assignee().filter(me::equals).isPresent();
    }

    public boolean late() {
        return submitted() && file.request().dueAt().filter(now::isAfter).isPresent();
    }

    public boolean decidable() {
        return submitted() && fourEyes.isEmpty();
    }

    public boolean isChosen(String outcome) {
        return typed.outcome().equals(outcome);
    }

    public boolean isNamed(String field) {
        return typed.fields().contains(field);
    }

    /** What can be named when changes are requested, as the page lists it. */
    public List<String> fields() {
        var members = Stream.of(ClientMember.values())
                .filter(member -> member.step() != null && member.type() != ClientMember.Type.FLAG)
                .map(ClientMember::code);
        var answers = Stream.of(
                "conformance_reference", "connection_agreement_reference", "private_key_jwt_planned_for", "note");
        return Stream.concat(members, answers).toList();
    }

    /** What became of what operators asked for; empty where they did not, or wait for it still. */
    public List<AskedFor> askedFor() {
        return returned().stream()
                .flatMap(returned -> returned.fields().stream()
                        .map(field -> new AskedFor(
                                field,
                                returned.changed(
                                        field,
                                        file.request().candidate(),
                                        file.request().answers()))))
                .toList();
    }

    /** A member or answer that operators wanted changed. */
    public record AskedFor(String field, boolean changed) {}

    /** Whether this is another submission after changes were asked for. */
    public boolean again() {
        return returned().isPresent();
    }

    /** What the team has changed of the metadata since then. */
    public List<Change> changedSince() {
        return returned()
                .map(returned -> returned.changes(file.request().candidate()))
                .orElse(List.of());
    }

    private Optional<Returned> returned() {
        return submitted() ? file.request().returned() : Optional.empty();
    }

    /** What happened since the page was made that the decision was typed into; none where that is not known. */
    public List<RequestEntry> since() {
        try {
            var read = Instant.parse(typed.read());
            return history.all().stream()
                    .filter(entry -> entry.at().isAfter(read))
                    .toList();
        } catch (DateTimeException e) {
            return List.of();
        }
    }
}

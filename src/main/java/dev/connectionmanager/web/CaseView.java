package dev.connectionmanager.web;

import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.registration.Registered;
import dev.connectionmanager.review.Answers;
import dev.connectionmanager.review.CaseFile;
import dev.connectionmanager.review.ReadinessTask;
import dev.connectionmanager.review.Request;
import dev.connectionmanager.review.RequestEntry;
import dev.connectionmanager.review.RequestList;
import dev.connectionmanager.review.RequestState;
import dev.connectionmanager.review.Risk;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * A request as operators see it.
 *
 * @param history the oldest first, with the operators' notes
 * @param fourEyes why this operator may not decide; empty where they may, and where there is nothing to decide
 * @param found what was wrong with the last attempt
 * @param notice what kept the last attempt from being made; empty for nothing
 * @param me the operator's subject
 */
record CaseView(
        CaseFile file,
        List<Environment> environments,
        List<RequestEntry> history,
        TeamHistory team,
        String fourEyes,
        Violations found,
        Typed typed,
        String notice,
        String me,
        Instant now) {

    /**
     * What was typed and not taken.
     *
     * @param read when the page was made that it was typed into; empty = not known
     */
    record Typed(String outcome, String comment, List<String> fields, String read, String teamComment, String note) {
        static final Typed NOTHING = new Typed("", "", List.of(), "", "", "");

        static Typed comment(String comment) {
            return new Typed("", "", List.of(), "", comment == null ? "" : comment, "");
        }

        static Typed note(String note) {
            return new Typed("", "", List.of(), "", "", note == null ? "" : note);
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
    record Client(Registered registered, List<AuditEvent> suspensions) {}

    /** One setting, with what is to be looked at in it. */
    record Marked(SideBySide setting, List<Risk> risks) {}

    /** The same findings, about a box of another name: two forms of this page have one of the same name. */
    static Violations renamed(Violations found, String from, String to) {
        return new Violations(found.all().stream()
                .map(one -> one.path().equals(from)
                        ? Violation.of(to, one.rule(), one.arguments().toArray(String[]::new))
                        : one)
                .toList());
    }

    public String base() {
        return "/review/requests/" + file.request().id();
    }

    public Request request() {
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
        if (file.live().isPresent()) {
            return "Live now";
        }
        return file.compared()
                .map(registered -> environmentName(registered.registration().environment()))
                .orElse("Before");
    }

    public List<Marked> settings() {
        var before = file.compared()
                .map(registered -> registered.metadata().asCandidate())
                .orElse(Candidate.EMPTY);
        return SideBySide.of(before, file.candidate()).stream()
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
        return file.candidate().jwksUri() != null || file.candidate().backchannelLogoutUri() != null;
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
        return submitted() || file.request().state() == RequestState.CHANGES_REQUESTED;
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
        return List.of(
                "client_name",
                "redirect_uris",
                "token_endpoint_auth_method",
                "token_endpoint_auth_signing_alg",
                "jwks_uri",
                "userinfo_signed_response_alg",
                "backchannel_logout_uri",
                "conformance_reference",
                "connection_agreement_reference",
                "private_key_jwt_planned_for",
                "note");
    }

    /** What happened since the page was made that the decision was typed into; none where that is not known. */
    public List<RequestEntry> since() {
        try {
            var read = Instant.parse(typed.read());
            return history.stream().filter(entry -> entry.at().isAfter(read)).toList();
        } catch (DateTimeException e) {
            return List.of();
        }
    }
}

package dev.connectionmanager.web.layout;

import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.CheckStep;
import dev.connectionmanager.wording.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report of a live check in words; the tag {@code report} shows it. */
public record ReportView(CheckReport report) {
    public String title() {
        return Labels.endpointName(report.field());
    }

    /** What a look at the endpoints has found, for the page after it. */
    public static String said(List<ReportView> reports) {
        return "Checked just now. "
                + reports.stream()
                        .map(report -> report.title() + ": " + report.outcome() + ".")
                        .collect(Collectors.joining(" "));
    }

    /** In a word or two, for a heading. */
    public String outcome() {
        if (report.blocks()) {
            return "there is a problem";
        }
        return report.violations().all().isEmpty() ? "passed" : "passed, with something to check";
    }

    /** Which steps failed; empty for none. */
    public String failedSteps() {
        return report.steps().stream()
                .filter(step -> step.state() == CheckStep.State.FAILED)
                .map(this::stepName)
                .collect(Collectors.joining(", "));
    }

    public String stepName(CheckStep step) {
        return switch (step.name()) {
            case DNS -> "DNS";
            case CONNECTION -> "Connection";
            case TLS -> "TLS";
            case CERTIFICATE -> "Certificate";
            case NAME -> "Name in the certificate";
            case CHAIN -> "Chain to a public root";
            case CONTENT -> "Content";
        };
    }

    public String state(CheckStep step) {
        return switch (step.state()) {
            case PASSED -> "Passed";
            case FAILED -> "There is a problem";
            case NOT_REACHED -> "Not reached";
        };
    }

    public String colour(CheckStep step) {
        return switch (step.state()) {
            case PASSED -> "green";
            case FAILED -> "red";
            case NOT_REACHED -> "grey";
        };
    }

    /** How long each part took; empty where nothing was reached. */
    public String times() {
        var times = report.seen().times();
        return Stream.of(
                        said("DNS", times.dns()),
                        said("connection", times.connection()),
                        said("TLS", times.tls()),
                        said("answer", times.content()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String said(String part, Long milliseconds) {
        return milliseconds == null ? "" : part + " " + milliseconds + " ms";
    }

    public List<Finding> findings(CheckStep step) {
        return Finding.of(new Violations(step.findings()));
    }
}

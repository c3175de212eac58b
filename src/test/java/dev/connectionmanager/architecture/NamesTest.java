package dev.connectionmanager.architecture;

import static dev.connectionmanager.architecture.ArchitectureTest.CLASSES;
import static dev.connectionmanager.architecture.ArchitectureTest.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names are the field's terms: those that the code once had of its own do not come back. */
class NamesTest {
    private static final Set<String> OLD_TYPES = Set.of(
            // What each is called now is in the same line.
            "RequestGate",
            "EdgeGate",
            "Failures", // RequestFilters, EdgeAuthorization, ExceptionMappers
            "RequestId",
            "Registered",
            "RegistrationLedger", // CorrelationId, RegistrationSnapshot, RegistrationWriter
            "Position",
            "Seen",
            "KeySeen", // Cursor, EndpointObservation, KeyObservation
            "Hands",
            "Compared",
            "Nights",
            "RecheckPlan", // Contributors, Baseline, RecheckWindow, RecheckQueue
            "LookAllowance",
            "Shares",
            "OwedSecret", // LiveCheckRateLimit, RateLimiter, UncollectedSecret
            "ClientLife",
            "ClientLifePages",
            "ClientLifeResource", // ClientLifecycle and what serves it
            "EndpointTroubles",
            "EndpointTroublesResource",
            "TroubleView", // EndpointProblems and what serves it
            "EndpointLedger",
            "OutlookPages",
            "Places", // EndpointHealthLog, ReadinessPages, TaskLinks
            "JourneyEndPages",
            "Question",
            "Words",
            "Terms", // CheckAnswersPages, QuestionPage, Labels, FieldLabels
            "Acts",
            "Sentences",
            "Done",
            "StopsWorking", // AuditSentences, RuleSentences, SuccessMessages, ClientImpact
            "SideBySide",
            "Visitor",
            "Conversation", // MetadataComparison, PageHeader, TlsExchange
            "Call",
            "Presented",
            "Outcome", // OutboundRequest, ChainRecorder, CallResult
            "GiveAccessPages",
            "OfferedPages",
            "OfferedResource", // TeamAccessPages, IncomingHandover…
            "HandoverPages",
            "ShownName",
            "Effort", // OutgoingHandoverPages, PrintableText, ChainBudget
            "StapledStatus",
            "ServerName",
            "Asked", // OcspStapleRules, HostnameRules, RequestContent or QueueQuery
            "Trace",
            "Reading",
            "CaseFile",
            "CaseFiles", // AuditSnapshot, Parsed, RequestReview, RequestReviews
            "CasePages",
            "CaseView",
            "CaseForm"); // ReviewRequestPages, …View, …Form

    /** requireTransition, requireFourEyes, categoryLocked, deletionBlocked, auditEntry, lockAndRecheck, refreshRisk, reject, audited, withCurrentRole, riskRank. */
    private static final Set<String> OLD_METHODS = Set.of(
            "mustGo",
            "mustHaveOtherEyes",
            "frozen",
            "kept",
            "did",
            "relock",
            "reweighed",
            "turnDown",
            "told",
            "asOfNow",
            "weight");

    @Test
    void noTypeHasAnOldName() {
        assertThat(CLASSES)
                .hasSizeGreaterThan(400)
                .extracting(JavaClass::getSimpleName)
                .doesNotContainAnyElementsOf(OLD_TYPES)
                .contains("ProductionRequest");
        assertThat(CLASSES.contain(ROOT + "review.Request")).isFalse();
    }

    @Test
    void noMethodHasAnOldName() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> OLD_METHODS.contains(method.getName())
                                || method.getName().equals("is")
                                        && method.getOwner().getSimpleName().equals("EndpointHealth")))
                .isEmpty();
    }
}

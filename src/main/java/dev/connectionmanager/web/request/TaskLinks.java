package dev.connectionmanager.web.request;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.review.Baseline;
import dev.connectionmanager.review.ProductionRequest;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.web.journey.JourneyStep;

/**
 * Where a team does what there is to do before it goes live.
 *
 * @param compared what is live, or in the environment before
 * @param request the one that this person may work on; {@code null} for none
 */
record TaskLinks(Application application, Baseline compared, ProductionRequest request) {

    /** The address of the question about a member of the metadata or of a request. */
    static String of(String questions, String member) {
        return JourneyStep.asking(member)
                .map(step -> questions + "/" + step.path() + "?from=check")
                .orElse(questions + "/answers");
    }

    /** {@code null} where there is nothing to go to. */
    public String of(ReadinessTask task) {
        if (task.state() == ReadinessTask.State.CANNOT_START) {
            return null;
        }
        var team = "/teams/" + application.teamId();
        return switch (task.kind()) {
            case SECOND_OWNER -> team + "/members";
            case CONTACTS_ATTESTED -> team + "/attestation";
            case CONFORMANCE_REFERENCE, CONNECTION_AGREEMENT_REFERENCE -> question("conformance_reference");
            case PRIVATE_KEY_JWT -> question("token_endpoint_auth_method");
            case BACKCHANNEL_LOGOUT -> question("backchannel_logout_uri");
            case RULES, NO_WARNINGS -> request == null ? null : home() + "#asked";
            case LIVE_CHECKS, CERTIFICATES -> hasEndpoints() ? home() + "#checks" : null;
            case KEY_PROVEN ->
                compared.candidate().jwksUri() == null
                        ? null
                        : "/applications/" + application.id() + "/registrations/" + compared.environment()
                                + "/key-proofs";
        };
    }

    private String question(String member) {
        return request == null ? null : of(home() + "/questions", member);
    }

    private boolean hasEndpoints() {
        return request != null && ClientEndpoint.any(request.candidate());
    }

    private String home() {
        return "/requests/" + request.id();
    }
}

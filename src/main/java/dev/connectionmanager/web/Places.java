package dev.connectionmanager.web;

import dev.connectionmanager.registration.Application;
import dev.connectionmanager.review.ReadinessTask;

/**
 * Where a team does what there is to do before it goes live.
 *
 * @param environment the production environment
 * @param request address of the request that this person may work on; {@code null} for none
 */
record Places(Application application, String environment, String request) {

    /** The address of the question about a member of the metadata or of a request. */
    static String of(String questions, String member) {
        return JourneyStep.asks(member)
                ? questions + "/" + JourneyStep.asking(member).path() + "?from=check"
                : questions + "/answers";
    }

    /** {@code null} where there is nothing to go to. */
    public String of(ReadinessTask task) {
        var team = "/teams/" + application.teamId();
        return switch (task.kind()) {
            case SECOND_OWNER -> team + "/members";
            case CONTACTS_ATTESTED -> team + "/attestation";
            case CONFORMANCE_REFERENCE, CONNECTION_AGREEMENT_REFERENCE -> question("conformance_reference");
            case PRIVATE_KEY_JWT -> question("token_endpoint_auth_method");
            case BACKCHANNEL_LOGOUT -> question("backchannel_logout_uri");
            case RULES, NO_WARNINGS -> part("#asked");
            case LIVE_CHECKS, CERTIFICATES -> part("#checks");
            // Where the keys are proven, the application's page leads: in the environment that they are registered in.
            case KEY_PROVEN -> "/applications/" + application.id();
        };
    }

    private String question(String member) {
        return request == null ? null : of(request + "/questions", member);
    }

    private String part(String anchor) {
        return request == null ? null : request + anchor;
    }
}

package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.policy.Violations;

/**
 * A registration as it stands, with the application it belongs to.
 *
 * @param warnings what the rules said when the revision in force was accepted, without blocking it
 */
public record RegistrationSnapshot(
        Application application, Registration registration, ClientMetadata metadata, Violations warnings) {

    public String tag() {
        return registration.tag();
    }

    /**
     * What the portal checks.
     *
     * @param field an endpoint: {@code jwks_uri}, {@code backchannel_logout_uri}
     * @return {@code null} where none is registered
     */
    public String endpoint(String field) {
        return ClientEndpoint.uri(field, metadata);
    }

    /** What the trail keeps of it. */
    AuditSnapshot trace() {
        return new AuditSnapshot(
                registration.clientId(),
                registration.environment(),
                registration.state().code(),
                registration.revision(),
                metadata,
                registration.suspension().map(Registration.Suspension::reason).orElse(null));
    }

    record AuditSnapshot(
            String clientId,
            String environment,
            String state,
            int revision,
            ClientMetadata metadata,
            String suspensionReason) {}
}

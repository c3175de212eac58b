package dev.connectionmanager.http;

import dev.connectionmanager.api.common.AuditReadable;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.AuditCredential;
import dev.connectionmanager.team.CurrentActor;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * A credential of scope {@code audit-read} calls what says that it may be called by one. Denied by default: before anything is
 * looked up, so that the refusal tells of nothing, and whatever is added later stays closed.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 2)
class AuditCredentialScope implements ContainerRequestFilter {
    private final SecurityIdentity identity;
    private final CurrentActor actor;

    @Context
    ResourceInfo resource;

    AuditCredentialScope(SecurityIdentity identity, CurrentActor actor) {
        this.identity = identity;
        this.actor = actor;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (identity.getPrincipal() instanceof AuditCredential
                && !resource.getResourceMethod().isAnnotationPresent(AuditReadable.class)) {
            // Named, so that the trail is told who was refused.
            actor.get();
            throw new Refusal.NotAllowed(Reason.SCOPE_AUDIT_READ);
        }
    }
}

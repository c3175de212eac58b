package dev.connectionmanager.team;

import java.security.Principal;
import java.util.UUID;

/** What a valid API credential says of its bearer. */
public sealed interface PresentedCredential extends Principal permits TeamCredential, AuditCredential {
    /** Which credential. */
    UUID id();
}

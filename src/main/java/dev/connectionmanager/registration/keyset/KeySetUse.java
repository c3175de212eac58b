package dev.connectionmanager.registration.keyset;

import java.util.UUID;

/**
 * A registration that names a hosted key set.
 *
 * @param teamId whose the application is now
 * @param keySetId which key set
 */
public record KeySetUse(
        UUID applicationId, UUID teamId, String applicationName, String environment, String clientId, UUID keySetId) {}

package dev.connectionmanager.team;

import java.util.UUID;

/**
 * A valid API credential of scope {@code audit-read}.
 *
 * @param id which credential
 * @param name as its maker named it
 * @param maker the subject of the operator who made it
 */
public record AuditCredential(UUID id, String name, String maker) implements PresentedCredential {
    @Override
    public String getName() {
        return name;
    }
}

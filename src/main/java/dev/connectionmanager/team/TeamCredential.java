package dev.connectionmanager.team;

import java.util.UUID;

/**
 * A valid API credential of a team.
 *
 * @param id which credential
 * @param teamId the one team that it is for
 * @param name as the team named it
 * @param writes whether it may change things
 * @param maker the subject of the person who made it
 */
public record TeamCredential(UUID id, UUID teamId, String name, boolean writes, String maker)
        implements PresentedCredential {
    @Override
    public String getName() {
        return name;
    }
}

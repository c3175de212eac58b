package dev.connectionmanager.credential;

import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.MadeCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What members leave behind. */
@ApplicationScoped
class CredentialsOfMembers implements MadeCredentials {
    private final ApiCredentials.Store store;
    private final CredentialTrail trail;
    private final Clock clock;

    CredentialsOfMembers(ApiCredentials.Store store, CredentialTrail trail, Clock clock) {
        this.store = store;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public List<Made> of(UUID team, String maker) {
        return live(team, maker).stream()
                .map(credential -> new Made(credential.id(), credential.name()))
                .toList();
    }

    @Override
    public void revoke(Actor actor, UUID team, String maker) {
        var now = clock.instant();
        for (var credential : live(team, maker)) {
            if (store.revoke(credential.id(), now)) {
                trail.revoked(actor, team, credential.id(), credential.snapshot());
            }
        }
    }

    private List<ApiCredential> live(UUID team, String maker) {
        return store.list(
                "teamId = ?1 and createdBy = ?2 and revokedAt is null and expiresAt > ?3 order by function('natural_order', name), id",
                team,
                maker,
                clock.instant());
    }
}

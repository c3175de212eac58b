package dev.connectionmanager.mock.client;

import dev.connectionmanager.mock.client.ClientKeySets.KeySet;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** What the mock knows of a registered client's keys, for whoever may see the registration. */
@Singleton
public class KeySetFetches {
    private final Registrations registrations;
    private final MockClients clients;
    private final ClientKeySets keySets;

    KeySetFetches(Registrations registrations, MockClients clients, ClientKeySets keySets) {
        this.registrations = registrations;
        this.clients = clients;
        this.keySets = keySets;
    }

    /** @return empty for a client without keys, and for one whose keys were never asked for */
    public Optional<KeySet> known(Actor actor, UUID applicationId, String environment) {
        return client(registrations.find(actor, applicationId, environment)).flatMap(keySets::known);
    }

    /**
     * Asks for the key set now; a client without keys has none to ask for. Blocks for some 17 seconds at most.
     *
     * @throws Refusal.NotAllowed for whoever may not change the registration
     * @throws Refusal.TooMany more than once a minute
     */
    public void fetch(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        actor.mustBe(Role.ADMIN, registered.application().teamId());
        client(registered).ifPresent(keySets::fetchNow);
    }

    private Optional<MockClient> client(RegistrationSnapshot registered) {
        return clients.find("", registered.registration().clientId())
                .filter(client -> client.active() && client.authentication().keysAt() != null);
    }
}

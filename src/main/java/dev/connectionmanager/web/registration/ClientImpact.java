package dev.connectionmanager.web.registration;

import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.registration.RegistrationSnapshot;
import java.util.List;

/** What a client that is suspended or deleted cannot do any more, before anybody does that to it. */
record ClientImpact(
        String clientId, List<String> redirectUris, boolean publicKeys, boolean loggedOut, List<ClientSecret> secrets) {

    static ClientImpact of(RegistrationSnapshot registered, List<ClientSecret> live) {
        var metadata = registered.metadata();
        return new ClientImpact(
                registered.registration().clientId(),
                metadata.redirectUris(),
                metadata.jwksUri() != null,
                metadata.backchannelLogoutUri() != null,
                live);
    }
}

package dev.connectionmanager.web;

import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.registration.Registered;
import java.util.List;

/** What a client that is suspended or deleted cannot do any more, before anybody does that to it. */
record StopsWorking(
        String clientId, List<String> redirectUris, boolean publicKeys, boolean loggedOut, List<ClientSecret> secrets) {

    static StopsWorking of(Registered registered, List<ClientSecret> live) {
        var metadata = registered.metadata();
        return new StopsWorking(
                registered.registration().clientId(),
                metadata.redirectUris(),
                metadata.jwksUri() != null,
                metadata.backchannelLogoutUri() != null,
                live);
    }
}

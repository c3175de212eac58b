package dev.connectionmanager.api.connect;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where clients register, whole. */
@Singleton
class ConnectAddresses {
    private final String publicUrl;

    ConnectAddresses(@ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** What the discovery document below it names itself. OpenID Connect Discovery 1.0 section 4.3. */
    String issuer(String environment) {
        return publicUrl + "/connect/" + environment;
    }

    String registration(String environment) {
        return issuer(environment) + "/register";
    }

    String configuration(String environment, String clientId) {
        return registration(environment) + "/" + clientId;
    }
}

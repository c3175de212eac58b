package dev.connectionmanager.team;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which role of the OpenID Provider makes a person an operator. */
@Singleton
public class OperatorRole {
    private final String name;

    OperatorRole(@ConfigProperty(name = "connection-manager.operator-role") String name) {
        this.name = name;
    }

    public boolean isOf(SecurityIdentity person) {
        return person.hasRole(name);
    }

    /** @param roles as the OpenID Provider's token names them */
    public boolean isAmong(Collection<String> roles) {
        return roles.contains(name);
    }
}

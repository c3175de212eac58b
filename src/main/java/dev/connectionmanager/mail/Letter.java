package dev.connectionmanager.mail;

import java.util.Map;
import java.util.UUID;

/**
 * What is to be told.
 *
 * @param code which letter, in kebab case: {@code team-request-declined}
 * @param teamId whose business it is, for the trail; {@code null} = nobody's in particular
 * @param arguments what its sentences need, by name; never a secret
 * @param path where in the portal it leads, such as {@code /applications/…}; never with a secret but for a one-time
 *     invitation
 */
public record Letter(String code, UUID teamId, Map<String, String> arguments, String path) {
    public Letter {
        arguments = Map.copyOf(arguments);
    }
}

package dev.connectionmanager.mail;

import java.util.Map;
import java.util.UUID;

/**
 * What is to be told.
 *
 * @param code which letter, in kebab case: {@code team-request-declined}
 * @param teamId whose business it is, for the trail; {@code null} = nobody's in particular
 * @param arguments what its sentences and its link need, by name, exactly as typed; never a secret but for the token of a
 *     one-time invitation
 * @param page which page of the portal it leads to, in kebab case: {@code team-request}
 */
public record Letter(String code, UUID teamId, Map<String, String> arguments, String page) {
    public Letter {
        arguments = Map.copyOf(arguments);
    }
}

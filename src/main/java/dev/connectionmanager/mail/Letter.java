package dev.connectionmanager.mail;

import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What is to be told.
 *
 * @param code which letter, in kebab case: {@code team-request-declined}
 * @param teamId whose business it is, for the trail; {@code null} = nobody's in particular
 * @param arguments what its sentences need, by name, exactly as typed; never a secret
 * @param path where in the portal it leads, such as {@code /applications/…}; never with a secret but for a one-time
 *     invitation
 */
public record Letter(String code, UUID teamId, Map<String, String> arguments, String path) {
    private static final Pattern PATH = Pattern.compile("/(?!/)[A-Za-z0-9/_.~?=&%+:#-]*");

    /** @throws IllegalArgumentException when the path is none of the portal's own: it becomes a link */
    public Letter {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("Not a path of the portal: " + path);
        }
        arguments = Map.copyOf(arguments);
    }
}

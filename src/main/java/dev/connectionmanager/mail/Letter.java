package dev.connectionmanager.mail;

import java.util.HashMap;
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
    /** The argument that holds the token of a one-time link. */
    static final String TOKEN = "token";

    private static final String TO_STRANGERS = "to_strangers";

    public Letter {
        arguments = Map.copyOf(arguments);
    }

    /** The same, on its way to people who do not know what it names. */
    Letter forStrangers() {
        return with(TO_STRANGERS, "yes");
    }

    /** Whether its subject names nothing that pretends to be something else. */
    public boolean toStrangers() {
        return arguments.containsKey(TO_STRANGERS);
    }

    Letter with(String argument, String value) {
        var all = new HashMap<>(arguments);
        all.put(argument, value);
        return new Letter(code, teamId, all, page);
    }

    Letter without(String argument) {
        var all = new HashMap<>(arguments);
        all.remove(argument);
        return new Letter(code, teamId, all, page);
    }
}

package dev.connectionmanager.policy;

import java.util.List;

/**
 * One finding of one rule at one place.
 *
 * @param path where, as a JSON pointer without its leading slash: {@code redirect_uris/2}; empty for the whole document
 * @param rule which rule; its sentence is found by the code
 * @param arguments what the sentence names, in the sentence's order; plain text, never a secret
 */
public record Violation(String path, Rule rule, List<String> arguments) {
    public Violation {
        arguments = List.copyOf(arguments);
    }

    public static Violation of(String path, Rule rule, String... arguments) {
        return new Violation(path, rule, List.of(arguments));
    }

    public boolean blocks() {
        return rule.severity() == Severity.BLOCKS;
    }
}

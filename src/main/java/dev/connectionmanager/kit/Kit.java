package dev.connectionmanager.kit;

import java.util.List;

/**
 * What one framework needs to log people in for one client.
 *
 * @param framework {@code spring-security}; {@code curl} for the requests themselves, step by step
 * @param name what its makers call it
 * @param version with which it was seen to work; {@code not run} where nobody has
 * @param files whole, each to be saved under its name
 * @param verdicts how it fits what is registered: what it does by itself, what it needs code for, what it cannot do; one sentence at
 *     least
 * @param notes what else to know: a sentence or two each
 */
public record Kit(
        String framework, String name, String version, List<File> files, List<String> verdicts, List<String> notes) {
    public Kit {
        files = List.copyOf(files);
        verdicts = List.copyOf(verdicts);
        notes = List.copyOf(notes);
    }

    public record File(String name, String text) {}
}

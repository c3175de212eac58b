package dev.connectionmanager.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All findings about one document, in the order in which the document reads. */
public record Violations(List<Violation> all) {
    public static final Violations NONE = new Violations(List.of());

    public Violations {
        // What was stored by another version may be of a rule that this one does not know.
        all = all.stream().filter(violation -> violation.rule() != null).toList();
    }

    /** True when something stops the act; warnings alone never do. */
    public boolean block() {
        return all.stream().anyMatch(Violation::blocks);
    }

    public Violations warnings() {
        return new Violations(all.stream().filter(v -> !v.blocks()).toList());
    }

    public Violations and(Violations others) {
        return new Violations(Stream.concat(all.stream(), others.all.stream()).toList());
    }

    /** Collects findings while a rule set reads a document from top to bottom. */
    public static final class Collector {
        private final List<Violation> found = new ArrayList<>();

        public void add(String path, Rule rule, String... arguments) {
            found.add(Violation.of(path, rule, arguments));
        }

        public void addAll(Violations violations) {
            found.addAll(violations.all());
        }

        public Violations violations() {
            return new Violations(found);
        }
    }
}
